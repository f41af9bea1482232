package io.mlops.pipeline.features.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;

/**
 * The distinct words of one chunk of a column, and which of them each row has; so that whatever costs something is done
 * once for a word and not once for a row.
 *
 * @param words each word once; the empty text is a missing cell
 * @param codes the position in {@code words} of each row's word
 */
record ChunkLevels(List<String> words, int[] codes) {
    private static final int WIDEST = 1 << 16;

    static ChunkLevels of(StringColumn column) {
        DictionaryMap dictionary = column.getDictionary();
        if (dictionary == null || column.isEmpty() || dictionary instanceof NullDictionaryMap) {
            return byWord(column);
        }
        int rows = column.size();
        int[] codes = new int[rows];
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int row = 0; row < rows; row++) {
            int key = dictionary.getKeyForIndex(row);
            codes[row] = key;
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        if ((long) most - least >= WIDEST) {
            return byWord(column);
        }
        int[] positions = new int[most - least + 1];
        Arrays.fill(positions, -1);
        List<String> words = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int key = codes[row] - least;
            if (positions[key] < 0) {
                positions[key] = words.size();
                words.add(column.get(row));
            }
            codes[row] = positions[key];
        }
        return new ChunkLevels(words, codes);
    }

    private static ChunkLevels byWord(StringColumn column) {
        Map<String, Integer> positions = new HashMap<>();
        List<String> words = new ArrayList<>();
        int[] codes = new int[column.size()];
        for (int row = 0; row < codes.length; row++) {
            String word = column.get(row);
            Integer position = positions.putIfAbsent(word, words.size());
            if (position == null) {
                codes[row] = words.size();
                words.add(word);
            } else {
                codes[row] = position;
            }
        }
        return new ChunkLevels(words, codes);
    }
}
