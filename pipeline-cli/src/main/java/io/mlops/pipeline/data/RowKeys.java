package io.mlops.pipeline.data;

import io.mlops.pipeline.PipelineException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * What decides which rows may stand on which side of a split.
 *
 * @param numbers the row's number in what was read
 * @param hashes the hash of the row's content, equal for equal rows
 * @param values the target, as {@link Target#values} gives it
 * @param times a number that grows with time; null where no column orders the rows
 * @param groups equal for rows of one group; null where no column groups the rows
 */
public record RowKeys(
        long[] numbers, long[] hashes, double[] values, long @Nullable [] times, long @Nullable [] groups) {

    public int rows() {
        return hashes.length;
    }

    /** Reads the keys of all rows in one pass. */
    public static RowKeys read(Rows rows, Target target) {
        int count = Math.toIntExact(rows.count());
        List<String> timeColumns = rows.schema().names(Role.TIME);
        List<String> groupColumns = rows.schema().names(Role.GROUP);
        RowKeys keys = new RowKeys(
                new long[count],
                new long[count],
                new double[count],
                timeColumns.isEmpty() ? null : new long[count],
                groupColumns.isEmpty() ? null : new long[count]);
        int[] next = {0};
        rows.forEachChunk(chunk -> {
            int from = next[0];
            copy(chunk, Rows.NUMBER, keys.numbers, from);
            copy(chunk, Rows.HASH, keys.hashes, from);
            double[] values = target.values(chunk);
            System.arraycopy(values, 0, keys.values, from, values.length);
            if (keys.times != null) {
                readTimes(ChunkColumns.named(chunk, timeColumns.get(0)), keys.times, from);
            }
            if (keys.groups != null) {
                readGroups(ChunkColumns.named(chunk, groupColumns.get(0)), keys.hashes, keys.groups, from);
            }
            next[0] = from + chunk.rowCount();
        });
        return keys;
    }

    /** The keys of the given rows, in the given order. */
    public RowKeys select(int[] rows) {
        double[] chosen = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return new RowKeys(
                pick(numbers, rows),
                pick(hashes, rows),
                chosen,
                times == null ? null : pick(times, rows),
                groups == null ? null : pick(groups, rows));
    }

    private static long[] pick(long[] from, int[] rows) {
        long[] chosen = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = from[rows[i]];
        }
        return chosen;
    }

    private static void copy(Table chunk, String name, long[] into, int from) {
        LongColumn column = (LongColumn) chunk.column(name);
        for (int i = 0; i < column.size(); i++) {
            into[from + i] = column.getLong(i);
        }
    }

    /** A row without a time counts as the newest, so that nothing older is checked by a model that saw it. */
    private static void readTimes(Column<?> column, long[] times, int from) {
        for (int i = 0; i < column.size(); i++) {
            if (column.isMissing(i)) {
                times[from + i] = Long.MAX_VALUE;
            } else if (column instanceof DateTimeColumn dates) {
                times[from + i] = dates.getLongInternal(i);
            } else if (column instanceof DoubleColumn numbers) {
                long bits = Double.doubleToLongBits(numbers.getDouble(i));
                times[from + i] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
            } else {
                throw PipelineException.usage("data.time: column '" + column.name()
                        + "' is neither a date nor a number; set its type in schema.yaml");
            }
        }
    }

    /** A row without a group is a group of its own. */
    private static void readGroups(Column<?> column, long[] hashes, long[] groups, int from) {
        for (int i = 0; i < column.size(); i++) {
            groups[from + i] = column.isMissing(i)
                    ? hashes[from + i]
                    : column instanceof DoubleColumn numbers
                            ? Double.doubleToLongBits(numbers.getDouble(i))
                            : hash(column.getUnformattedString(i));
        }
    }

    /** FNV-1a with 64 bits. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
