package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * The place of the cell's category in a list; NaN where the cell is missing or its category is not in the list.
 *
 * @param levels the categories that occurred often enough, the most frequent first
 */
public record Codes(Vocabulary levels) implements LevelEncoding {
    @Override
    public List<Output> outputs(String column) {
        return List.of(new Output(column, levels.size(), false));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        int code = levels.indexOf(word);
        numbers[at] = code < 0 ? Double.NaN : code;
    }
}
