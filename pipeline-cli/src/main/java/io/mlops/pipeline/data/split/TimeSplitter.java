package io.mlops.pipeline.data.split;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.DateTimes;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Sets the newest rows aside; rows of one time stay on one side, rows without a time count as the oldest. */
final class TimeSplitter implements Splitter {
    private final double share;
    private final String column;
    private LongArrayList keys = new LongArrayList();

    TimeSplitter(double share, String column) {
        this.share = share;
        this.column = column;
    }

    @Override
    public void accept(Table chunk) {
        keys.addElements(keys.size(), keysOf(chunk));
    }

    private long[] keysOf(Table chunk) {
        Column<?> times = ChunkColumns.named(chunk, column);
        long[] values = new long[times.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = times instanceof DateTimeColumn dates
                    ? DateTimes.unpack(dates.getLongInternal(row))
                    : ordered(((DoubleColumn) times).getDouble(row));
        }
        return values;
    }

    /** A whole number for each number, in the same order; NaN is the smallest. */
    private static long ordered(double value) {
        if (Double.isNaN(value)) {
            return Long.MIN_VALUE;
        }
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    @Override
    public Split finish() {
        SortedKeys sorted = new SortedKeys(keys);
        keys = new LongArrayList();
        int cut = sorted.innerCutNear((int) Math.round(sorted.size() * (1 - share)));
        if (cut == 0) {
            throw PipelineException.data("the rows cannot be divided by the time in '" + column + "': "
                    + (sorted.size() < 2 ? "there are too few" : "most have the same time or none")
                    + "; set data.split.by to random, or name another column in data.time");
        }
        long bound = sorted.key(cut);
        return chunk -> {
            long[] times = keysOf(chunk);
            boolean[] test = new boolean[times.length];
            for (int row = 0; row < test.length; row++) {
                test[row] = times[row] >= bound;
            }
            return test;
        };
    }
}
