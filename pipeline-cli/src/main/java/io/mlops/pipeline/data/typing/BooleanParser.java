package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.BooleanWords;
import io.mlops.pipeline.data.ColumnSchema;
import java.util.Arrays;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

final class BooleanParser implements ColumnParser {
    private final String name;
    private final BooleanWords words;
    private final double[] values;

    BooleanParser(String name, ColumnSchema column, int capacity) {
        this.name = name;
        this.words = BooleanWords.of(column);
        this.values = new double[capacity];
    }

    @Override
    public boolean parse(int row, char[] buffer, int offset, int length) {
        double value = words.parse(buffer, offset, length);
        values[row] = value;
        return !Double.isNaN(value);
    }

    @Override
    public void missing(int row) {
        values[row] = Double.NaN;
    }

    @Override
    public Column<?> take(int rows) {
        return DoubleColumn.create(name, Arrays.copyOf(values, rows));
    }
}
