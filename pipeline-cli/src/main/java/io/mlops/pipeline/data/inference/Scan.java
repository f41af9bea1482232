package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.ReadAhead;
import io.mlops.pipeline.data.Tokens;
import io.mlops.pipeline.data.source.Source;

/** One pass over a source: the evidence of every column, and a sample of the rows. Its memory is bounded. */
final class Scan {
    /** Together, the columns hold so many values with their counts; each of a table with few columns holds 1000. */
    private static final int ALL_LEVELS = 300_000;

    private static final int ALL_DISTINCT = 2_000_000;

    final ColumnEvidence[] columns;
    final RowSample sample;
    private final long[] keys;
    private long rows;
    private long ragged;
    private long firstRagged;

    private Scan(Source source, DataSettings settings, char decimal, int target) {
        int count = source.columns().size();
        Tokens missing = Tokens.of(settings.missing());
        int levels = Math.max(32, Math.min(1000, ALL_LEVELS / count));
        int distinct = Math.max(256, Math.min(1 << 16, ALL_DISTINCT / count));
        columns = new ColumnEvidence[count];
        for (int column = 0; column < count; column++) {
            columns[column] = new ColumnEvidence(missing, decimal, column == target ? 1000 : levels, distinct);
        }
        sample = new RowSample(count);
        keys = new long[RowBatch.capacity(count) * count];
    }

    /**
     * Reads a source to its end.
     *
     * @param target the position of the target, or -1
     */
    static Scan of(Source source, DataSettings settings, char decimal, int target) {
        Scan scan = new Scan(source, settings, decimal, target);
        scan.read(source);
        return scan;
    }

    /** Parses on a thread of its own, a few batches ahead. */
    private void read(Source source) {
        new ReadAhead<RowBatch>(consumer -> {
                    RowBatcher batcher = new RowBatcher(columns.length, consumer);
                    source.read(batcher);
                    batcher.flush();
                    ragged = batcher.ragged();
                    firstRagged = batcher.firstRagged();
                })
                .forEach(this::accept);
    }

    private void accept(RowBatch full) {
        for (int column = 0; column < columns.length; column++) {
            full.scan(column, columns[column], keys);
        }
        for (int row = 0; row < full.rows(); row++) {
            sample.add(keys, row * columns.length);
        }
        rows += full.rows();
    }

    /** How many rows had as many cells as the header. */
    long rows() {
        return rows;
    }

    long ragged() {
        return ragged;
    }

    long firstRagged() {
        return firstRagged;
    }
}
