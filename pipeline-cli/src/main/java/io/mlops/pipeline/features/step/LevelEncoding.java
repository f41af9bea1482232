package io.mlops.pipeline.features.step;

import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** An encoding that depends on nothing but the cell's word, so that each distinct word of a chunk is encoded once. */
interface LevelEncoding extends Encoding {
    int width();

    /** Writes {@link #width()} numbers for a word; the empty one is a missing cell. The array holds zeros before. */
    void encode(String word, double[] numbers, int at);

    @Override
    default Cells on(Column<?> column) {
        ChunkLevels levels = ChunkLevels.of(words(column));
        int width = width();
        double[] table = new double[levels.words().size() * width];
        for (int i = 0; i < levels.words().size(); i++) {
            encode(levels.words().get(i), table, i * width);
        }
        int[] codes = levels.codes();
        if (width == 1) {
            return (from, to, numbers) -> {
                for (int row = from; row < to; row++) {
                    numbers[row - from] = table[codes[row]];
                }
            };
        }
        return (from, to, numbers) -> {
            for (int row = from; row < to; row++) {
                System.arraycopy(table, codes[row] * width, numbers, (row - from) * width, width);
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
