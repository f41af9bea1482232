package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.CategoryCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.columns.Column;

/** The words of two columns as one word; missing where both are. */
public record Cross() implements Join {
    /** What stands between the two words: a control character, which no reader of files leaves at the end of a word. */
    public static final char BETWEEN = '\u001f';

    @Override
    public String name(String first, String second) {
        return first + " × " + second;
    }

    @Override
    public Column<?> of(Column<?> first, Column<?> second) {
        CategoryCodes left = CategoryCodes.of(LevelEncoding.words(first));
        CategoryCodes right = CategoryCodes.of(LevelEncoding.words(second));
        int[] codes = new int[left.codes().length];
        List<String> words = new ArrayList<>();
        Map<Long, Integer> places = new HashMap<>();
        for (int row = 0; row < codes.length; row++) {
            int one = left.codes()[row];
            int other = right.codes()[row];
            if (one == CategoryCodes.MISSING && other == CategoryCodes.MISSING) {
                codes[row] = CategoryCodes.MISSING;
            } else {
                codes[row] = places.computeIfAbsent(((long) one << Integer.SIZE) | (other + 1L), any -> {
                    words.add(word(left, one) + BETWEEN + word(right, other));
                    return words.size() - 1;
                });
            }
        }
        return new CategoryCodes(codes, words).toColumn(name(first.name(), second.name()));
    }

    private static String word(CategoryCodes words, int code) {
        return code == CategoryCodes.MISSING ? "" : words.levels().get(code);
    }
}
