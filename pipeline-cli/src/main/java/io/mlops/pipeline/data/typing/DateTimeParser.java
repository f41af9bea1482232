package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.DateFormat;
import io.mlops.pipeline.data.DateTimes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.columns.Column;

final class DateTimeParser implements ColumnParser {
    private final String name;
    private final DateFormat format;
    private final long[] values;

    DateTimeParser(String name, @Nullable String format, int capacity) {
        this.name = name;
        this.format = DateFormat.of(format);
        this.values = new long[capacity];
    }

    @Override
    public boolean parse(int row, char[] buffer, int offset, int length) {
        long millis = format.parse(buffer, offset, length);
        values[row] = DateTimes.pack(millis);
        return millis != DateTimes.MISSING;
    }

    @Override
    public void missing(int row) {
        values[row] = DateTimes.MISSING;
    }

    @Override
    public Column<?> take(int rows) {
        return DateTimeColumn.createInternal(name, Arrays.copyOf(values, rows));
    }
}
