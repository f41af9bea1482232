package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.CategoryCodes;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** An encoding that depends on nothing but the cell's word, so that each distinct word of a chunk is encoded once. */
interface LevelEncoding extends Encoding {
    int width();

    /** Writes {@link #width()} numbers for a word; the empty one is a missing cell. The array holds zeros before. */
    void encode(String word, double[] numbers, int at);

    @Override
    default Cells on(Column<?> column) {
        CategoryCodes words = CategoryCodes.of(words(column));
        int width = width();
        // A missing cell has the code -1, and so the table's first place.
        double[] table = new double[(words.levels().size() + 1) * width];
        encode("", table, 0);
        for (int level = 0; level < words.levels().size(); level++) {
            encode(words.levels().get(level), table, (level + 1) * width);
        }
        int[] codes = words.codes();
        if (width == 1) {
            return (from, to, numbers) -> {
                for (int row = from; row < to; row++) {
                    numbers[row - from] = table[codes[row] + 1];
                }
            };
        }
        return (from, to, numbers) -> {
            for (int row = from; row < to; row++) {
                System.arraycopy(table, (codes[row] + 1) * width, numbers, (row - from) * width, width);
            }
        };
    }

    /** The column as words. */
    static StringColumn words(Column<?> column) {
        if (column instanceof StringColumn words) {
            return words;
        }
        throw new IllegalArgumentException("holds no words");
    }
}
