package io.mlops.pipeline.data;

import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Picks rows of a chunk, without looking up a single text as {@code Table.rows} does. */
public final class ChunkRows {
    private ChunkRows() {}

    /** The given rows of a chunk, in the given order. */
    public static Table select(Table chunk, int[] rows) {
        Table selected = Table.create(chunk.name());
        for (Column<?> column : chunk.columns()) {
            ChunkColumns.add(selected, select(column, rows));
        }
        return selected;
    }

    private static Column<?> select(Column<?> column, int[] rows) {
        if (column instanceof DoubleColumn numbers) {
            double[] values = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                values[i] = numbers.getDouble(rows[i]);
            }
            return DoubleColumn.create(column.name(), values);
        }
        if (column instanceof StringColumn texts) {
            CategoryCodes codes = CategoryCodes.of(texts);
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = codes.codes()[rows[i]];
            }
            return new CategoryCodes(chosen, codes.levels()).toColumn(column.name());
        }
        long[] values = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = column instanceof LongColumn longs
                    ? longs.getLong(rows[i])
                    : ((DateTimeColumn) column).getLongInternal(rows[i]);
        }
        return column instanceof LongColumn
                ? LongColumn.create(column.name(), values)
                : DateTimeColumn.createInternal(column.name(), values);
    }
}
