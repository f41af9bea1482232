package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * The place of the cell's category in an order, as a number; NaN where the cell is missing or its category is not in the
 * order.
 *
 * @param levels the categories, the least first
 */
public record Ordinal(Vocabulary levels) implements LevelEncoding {
    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column + " (order)"));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        int place = levels.indexOf(word);
        numbers[at] = place < 0 ? Double.NaN : place;
    }
}
