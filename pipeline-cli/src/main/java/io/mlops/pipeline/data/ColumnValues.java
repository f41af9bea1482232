package io.mlops.pipeline.data;

import java.time.ZoneOffset;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One column of rows as a plain array. */
public final class ColumnValues {
    private ColumnValues() {}

    /** The texts of a column that is not numeric, the empty text where missing. */
    public static String[] texts(Rows rows, String column) {
        String[] texts = new String[Math.toIntExact(rows.count())];
        int[] at = new int[1];
        rows.forEachChunk(chunk -> {
            Column<?> cells = ChunkColumns.named(chunk, column);
            for (int row = 0; row < cells.size(); row++) {
                texts[at[0]++] = cells.getString(row);
            }
        });
        return texts;
    }

    /** The cells of one column of a chunk as texts, the empty text where missing. */
    public static String[] texts(Table chunk, String column) {
        Column<?> cells = ChunkColumns.named(chunk, column);
        String[] texts = new String[cells.size()];
        for (int row = 0; row < texts.length; row++) {
            texts[row] = cells.isMissing(row) ? "" : cells.getUnformattedString(row);
        }
        return texts;
    }

    /** The numbers of the rows of a chunk, see {@link Rows#NUMBER}. */
    public static long[] rowNumbers(Table chunk) {
        return chunk.longColumn(Rows.NUMBER).asLongArray();
    }

    /** The numbers of a numeric column, or the seconds since 1970 (UTC) of a date; NaN where missing. */
    public static double[] numbers(Rows rows, String column) {
        double[] numbers = new double[Math.toIntExact(rows.count())];
        int[] at = new int[1];
        rows.forEachChunk(chunk -> {
            at[0] += copy(chunk, column, numbers, at[0]);
        });
        return numbers;
    }

    private static int copy(Table chunk, String column, double[] into, int at) {
        Column<?> cells = ChunkColumns.named(chunk, column);
        for (int row = 0; row < cells.size(); row++) {
            if (cells instanceof DoubleColumn numbers) {
                into[at + row] = numbers.getDouble(row);
            } else if (cells instanceof DateTimeColumn times) {
                into[at + row] =
                        times.isMissing(row) ? Double.NaN : times.get(row).toEpochSecond(ZoneOffset.UTC);
            } else {
                throw new IllegalArgumentException("column '" + column + "' holds neither numbers nor dates");
            }
        }
        return cells.size();
    }
}
