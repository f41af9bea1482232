package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.source.RowHandler;
import java.util.function.Consumer;

/** Collects the rows that have as many cells as the header, and hands them on many at a time. */
final class RowBatcher implements RowHandler {
    private final int columns;
    private final Consumer<RowBatch> consumer;
    private RowBatch batch;
    private long ragged;
    private long firstRagged;

    RowBatcher(int columns, Consumer<RowBatch> consumer) {
        this.columns = columns;
        this.consumer = consumer;
        this.batch = new RowBatch(columns);
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column < columns) {
            batch.add(column, buffer, offset, length);
        }
    }

    @Override
    public void endRow(long row, long line, int cells) {
        if (cells != columns) {
            ragged++;
            firstRagged = firstRagged == 0 ? line : firstRagged;
            batch.dropRow();
            return;
        }
        batch.keepRow();
        if (batch.isFull()) {
            flush();
        }
    }

    /** Hands on what is left. */
    void flush() {
        if (batch.rows() > 0) {
            consumer.accept(batch);
            batch = new RowBatch(columns);
        }
    }

    /** How many rows had another number of cells than the header. */
    long ragged() {
        return ragged;
    }

    /** The line of the first such row, or 0. */
    long firstRagged() {
        return firstRagged;
    }
}
