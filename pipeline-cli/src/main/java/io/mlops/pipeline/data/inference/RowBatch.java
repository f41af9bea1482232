package io.mlops.pipeline.data.inference;

import java.util.Arrays;

/** The cells of many whole rows, so that they can be looked at column by column. */
final class RowBatch {
    private static final int MOST_CELLS = 1 << 16;
    private static final int MOST_ROWS = 2048;
    private static final int MOST_CHARACTERS = 1 << 20;

    private final int columns;
    private final int capacity;
    private final int[] starts;
    private final int[] lengths;
    private char[] characters = new char[1 << 16];
    private int used;
    private int rowStart;
    private int rows;

    RowBatch(int columns) {
        this.columns = columns;
        this.capacity = capacity(columns);
        this.starts = new int[capacity * columns];
        this.lengths = new int[capacity * columns];
    }

    /** The most rows a batch of so many columns has. */
    static int capacity(int columns) {
        return Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, columns)));
    }

    /** Adds a cell to the row that is being read. */
    void add(int column, char[] buffer, int offset, int length) {
        if (used + length > characters.length) {
            characters = Arrays.copyOf(characters, Math.max(characters.length * 2, used + length));
        }
        System.arraycopy(buffer, offset, characters, used, length);
        int cell = rows * columns + column;
        starts[cell] = used;
        lengths[cell] = length;
        used += length;
    }

    /** Keeps the row that was read. */
    void keepRow() {
        rows++;
        rowStart = used;
    }

    /** Forgets the row that was read. */
    void dropRow() {
        used = rowStart;
    }

    boolean isFull() {
        return rows == capacity || used > MOST_CHARACTERS;
    }

    int rows() {
        return rows;
    }

    /** Looks at every cell of a column and keeps the keys, row by row. */
    void scan(int column, ColumnEvidence evidence, long[] keys) {
        for (int row = 0; row < rows; row++) {
            int cell = row * columns + column;
            keys[cell] = evidence.add(characters, starts[cell], lengths[cell]);
        }
    }
}
