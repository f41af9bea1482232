package io.mlops.pipeline.features.step;

import java.util.Arrays;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** An encoding of free text, each cell by itself. */
interface TextEncoding extends Encoding {
    int width();

    /** Writes {@link #width()} numbers for a text that is not missing. The array holds zeros before. */
    void encode(String text, double[] numbers, int at);

    @Override
    default Cells on(Column<?> column) {
        StringColumn texts = LevelEncoding.words(column);
        int width = width();
        return (from, to, numbers) -> {
            Arrays.fill(numbers, 0, (to - from) * width, 0);
            for (int row = from; row < to; row++) {
                String text = texts.get(row);
                if (!text.isEmpty()) {
                    encode(text, numbers, (row - from) * width);
                }
            }
        };
    }

    /** Divides numbers by the root of the sum of their squares, unless all are 0. */
    static void normalise(double[] numbers, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += numbers[i] * numbers[i];
        }
        double length = Math.sqrt(squares);
        for (int i = from; i < to && length > 0; i++) {
            numbers[i] /= length;
        }
    }
}
