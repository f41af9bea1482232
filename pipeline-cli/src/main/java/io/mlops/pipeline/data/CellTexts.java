package io.mlops.pipeline.data;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The cells of a chunk as people write them: whole numbers without a fraction, days without a time. */
public final class CellTexts {
    private final Map<String, Column<?>> columns;
    private final TableSchema schema;

    public CellTexts(Table chunk, TableSchema schema) {
        columns = ChunkColumns.byName(chunk);
        this.schema = schema;
    }

    /** Of rows that are known to fit. */
    public static CellTexts of(Rows rows, TableSchema schema) {
        return new CellTexts(rows.readAll(), schema);
    }

    /** The row's number in what was read, from 1 on. */
    public long rowNumber(int row) {
        return ((LongColumn) named(Rows.NUMBER)).getLong(row);
    }

    /** A cell as a number, a date as a year with a fraction; NaN where it is neither, or missing. */
    public double number(String column, int row) {
        Column<?> cells = named(column);
        if (cells.isMissing(row)) {
            return Double.NaN;
        }
        if (cells instanceof DateTimeColumn times) {
            LocalDateTime time = times.get(row);
            return time.getYear() + (time.getDayOfYear() - 1) / 366.0;
        }
        return isNumeric(column) && cells instanceof DoubleColumn numbers ? numbers.getDouble(row) : Double.NaN;
    }

    private Column<?> named(String column) {
        Column<?> cells = columns.get(column);
        if (cells == null) {
            throw new IllegalArgumentException("no column '" + column + "' in the chunk");
        }
        return cells;
    }

    /** Whether a column holds numbers. */
    public boolean isNumeric(String column) {
        ColumnSchema cells = schema.column(column);
        return cells.type().isNumeric() && cells.trueValues().isEmpty();
    }

    /** One cell; empty where missing. */
    public String of(String column, int row) {
        Column<?> cells = named(column);
        if (cells.isMissing(row)) {
            return "";
        }
        if (cells instanceof DoubleColumn numbers) {
            return number(numbers.getDouble(row), schema.column(column));
        }
        return cells instanceof DateTimeColumn times ? time(times.get(row)) : cells.getUnformattedString(row);
    }

    private static String number(double number, ColumnSchema column) {
        List<String> words = number == 1 ? column.trueValues() : column.falseValues();
        return words.isEmpty() ? plain(number) : words.get(0);
    }

    private static String plain(double number) {
        return number == 0
                ? "0"
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static String time(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : time.toString();
    }
}
