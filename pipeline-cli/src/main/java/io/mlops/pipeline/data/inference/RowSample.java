package io.mlops.pipeline.data.inference;

import java.util.Arrays;

/**
 * A sample of the rows that depends on their content only: those whose hash is smallest. Rows that are equal are in it
 * together or not at all.
 */
final class RowSample {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_CELLS = 1_500_000;
    private static final int FEWEST_ROWS = 100;
    private static final int MOST_HASHES = 1 << 18;

    private final int columns;
    private final int most;
    private final KeySet hashes = new KeySet(MOST_HASHES);
    private long[] keys = new long[0];
    private long[] rowHashes = new long[0];
    private int size;
    private long limit = Long.MAX_VALUE;
    private long rows;

    RowSample(int columns) {
        this.columns = columns;
        this.most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, columns)));
    }

    /** Adds a row, whose keys stand in the array from an offset on. */
    void add(long[] cells, int offset) {
        long hash = columns;
        for (int column = 0; column < columns; column++) {
            hash = (hash ^ cells[offset + column]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = Keys.mix(hash) & Long.MAX_VALUE;
        hashes.add(hash);
        rows++;
        if (hash > limit) {
            return;
        }
        if (size == rowHashes.length) {
            int capacity = Math.min(2 * most, Math.max(64, size * 2));
            keys = Arrays.copyOf(keys, capacity * columns);
            rowHashes = Arrays.copyOf(rowHashes, capacity);
        }
        System.arraycopy(cells, offset, keys, size * columns, columns);
        rowHashes[size++] = hash;
        if (size == 2 * most) {
            shrink();
        }
    }

    private void shrink() {
        long[] sorted = Arrays.copyOf(rowHashes, size);
        Arrays.sort(sorted);
        limit = sorted[most - 1];
        int kept = 0;
        for (int row = 0; row < size; row++) {
            if (rowHashes[row] <= limit && kept < most) {
                rowHashes[kept] = rowHashes[row];
                System.arraycopy(keys, row * columns, keys, kept * columns, columns);
                kept++;
            }
        }
        size = kept;
    }

    int size() {
        return size;
    }

    long key(int row, int column) {
        return keys[row * columns + column];
    }

    /** Whether a row belongs to the first or the second half, which a test may fit and check on. */
    boolean firstHalf(int row) {
        return (Keys.mix(rowHashes[row]) & 1) == 0;
    }

    /** How many rows equal an earlier one. */
    long duplicates() {
        return Math.max(0, rows - hashes.count());
    }

    /** Whether {@link #duplicates} is exact. */
    boolean duplicatesExact() {
        return hashes.exact();
    }
}
