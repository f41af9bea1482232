package io.mlops.pipeline.evaluation;

import java.util.Arrays;

/**
 * Rows in descending order of a score, with the runs of equal scores.
 *
 * @param rows the row at each position; rows of equal score in ascending order
 * @param ends the position after each run of equal scores, ascending
 */
record Ranking(int[] rows, int[] ends) {
    /** Ranks rows by {@code scores[offset + row * stride]}. */
    static Ranking of(double[] scores, int offset, int stride, int rows) {
        double[] sorted = new double[rows];
        for (int row = 0; row < rows; row++) {
            // Adding 0 makes -0 equal to 0.
            sorted[row] = -scores[offset + row * stride] + 0.0;
        }
        double[] keys = sorted.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        int[] ends = new int[rows];
        for (int i = 0; i < rows; i++) {
            if (i == 0 || sorted[i] != sorted[distinct - 1]) {
                sorted[distinct++] = sorted[i];
            }
            ends[distinct - 1] = i + 1;
        }
        int[] next = new int[distinct];
        System.arraycopy(ends, 0, next, Math.min(1, distinct), Math.max(0, distinct - 1));
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            order[next[Arrays.binarySearch(sorted, 0, distinct, keys[row])]++] = row;
        }
        return new Ranking(order, Arrays.copyOf(ends, distinct));
    }

    /**
     * The ends of bins of about equally many rows that never part rows of equal score; at most the given number, each
     * with at least one row.
     */
    int[] bins(int wanted) {
        int[] bins = new int[wanted];
        int found = 0;
        long boundary = 1;
        for (int end : ends) {
            if ((long) end * wanted >= rows.length * boundary) {
                bins[found++] = end;
                boundary = (long) end * wanted / rows.length + 1;
            }
        }
        return Arrays.copyOf(bins, found);
    }
}
