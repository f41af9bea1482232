package io.mlops.pipeline.features.step;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** The cell's number as it is, NaN where it is missing. */
public record AsNumber() implements Encoding {
    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column));
    }

    @Override
    public Cells on(Column<?> column) {
        DoubleColumn numbers = numbers(column);
        return (from, to, out) -> {
            for (int row = from; row < to; row++) {
                out[row - from] = numbers.getDouble(row);
            }
        };
    }

    /** The column as numbers. */
    static DoubleColumn numbers(Column<?> column) {
        if (column instanceof DoubleColumn numbers) {
            return numbers;
        }
        throw new IllegalArgumentException("holds no numbers");
    }
}
