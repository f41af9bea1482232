package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.Cells;
import java.util.Arrays;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

final class NumberParser implements ColumnParser {
    private final String name;
    private final char decimal;
    private final double[] values;

    NumberParser(String name, char decimal, int capacity) {
        this.name = name;
        this.decimal = decimal;
        this.values = new double[capacity];
    }

    @Override
    public boolean parse(int row, char[] buffer, int offset, int length) {
        double value = Cells.parseNumber(buffer, offset, length, decimal);
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
