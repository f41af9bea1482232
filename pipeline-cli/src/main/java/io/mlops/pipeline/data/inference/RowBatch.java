package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.source.RowHandler;
import java.util.Arrays;

/** Collects whole rows, and hands them on many at a time, so that they can be looked at column by column. */
final class RowBatch implements RowHandler {
    private static final int MOST_CELLS = 1 << 17;
    private static final int MOST_ROWS = 2048;
    private static final int CHARACTERS = 1 << 20;

    /** Receives batches. */
    interface Consumer {
        void accept(RowBatch batch);
    }

    private final int columns;
    private final int capacity;
    private final Consumer consumer;
    private final int[] starts;
    private final int[] lengths;
    private char[] characters = new char[1 << 16];
    private int used;
    private int rowStart;
    private int rows;
    private long ragged;
    private long firstRagged;

    RowBatch(int columns, Consumer consumer) {
        this.columns = columns;
        this.capacity = Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, columns)));
        this.consumer = consumer;
        this.starts = new int[capacity * columns];
        this.lengths = new int[capacity * columns];
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column >= columns) {
            return;
        }
        if (used + length > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(characters.length * 2, used + length));
        }
        System.arraycopy(buffer, offset, characters, used, length);
        int cell = rows * columns + column;
        starts[cell] = used;
        lengths[cell] = length;
        used += length;
    }

    @Override
    public void endRow(long row, long line, int cells) {
        if (cells != columns) {
            ragged++;
            firstRagged = firstRagged == 0 ? line : firstRagged;
            used = rowStart;
            return;
        }
        rows++;
        rowStart = used;
        if (rows == capacity || used > CHARACTERS) {
            flush();
        }
    }

    /** Hands on what is left. */
    void flush() {
        if (rows > 0) {
            consumer.accept(this);
        }
        rows = 0;
        used = 0;
        rowStart = 0;
    }

    int rows() {
        return rows;
    }

    /** The most rows a batch has. */
    int capacity() {
        return capacity;
    }

    /** How many rows had another number of cells than the header. */
    long ragged() {
        return ragged;
    }

    /** The line of the first such row, or 0. */
    long firstRagged() {
        return firstRagged;
    }

    /** Looks at every cell of a column and keeps the keys. */
    void scan(int column, ColumnEvidence evidence, long[] keys) {
        for (int row = 0; row < rows; row++) {
            int cell = row * columns + column;
            keys[cell] = evidence.add(characters, starts[cell], lengths[cell]);
        }
    }
}
