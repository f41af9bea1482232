package io.mlops.pipeline.features.step;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** 1 where the cell is missing, else 0. */
public record MissingIndicator() implements Encoding {
    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.indicator(column + " is missing"));
    }

    @Override
    public Cells on(Column<?> column) {
        if (column instanceof DoubleColumn numbers) {
            return (from, to, out) -> {
                for (int row = from; row < to; row++) {
                    out[row - from] = Double.isNaN(numbers.getDouble(row)) ? 1 : 0;
                }
            };
        }
        return (from, to, out) -> {
            for (int row = from; row < to; row++) {
                out[row - from] = column.isMissing(row) ? 1 : 0;
            }
        };
    }
}
