package io.mlops.pipeline.model;

import java.util.Arrays;

/**
 * The sorted scores of rows that a model had not seen, thinned evenly by rank where there are many.
 *
 * @param rows how many rows had a score
 * @param values ascending; value {@code j} of {@code m} has the rank {@code 1 + j * (rows - 1) / (m - 1)}
 */
public record ScoreQuantiles(int rows, double[] values) {
    /** How many scores are kept. */
    static final int MOST = 1_000;

    public ScoreQuantiles {
        boolean fits = values.length > 0 && values.length <= rows && (values.length > 1 || rows == 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    values.length + " values cannot stand for the scores of " + rows + " rows");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1])) {
                throw new IllegalArgumentException("the scores do not ascend, or are no numbers");
            }
        }
    }

    /** The scores of some rows, in any order. */
    public static ScoreQuantiles of(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double[] kept = new double[Math.min(MOST, sorted.length)];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = sorted[rank(i, sorted.length, kept.length) - 1];
        }
        return new ScoreQuantiles(sorted.length, kept);
    }

    /** The greatest share that {@link #upper} can promise. */
    public double highest() {
        return rows / (rows + 1.0);
    }

    /** What at least this share of rows like these does not exceed: of n rows the one of rank ceil((n + 1) share). */
    public double upper(double share) {
        int wanted = wanted(share);
        int index = 0;
        while (rank(index, rows, values.length) < wanted) {
            index++;
        }
        return values[index];
    }

    /** What at least this share of rows like these reaches. */
    public double lower(double share) {
        int wanted = rows + 1 - wanted(share);
        int index = values.length - 1;
        while (rank(index, rows, values.length) > wanted) {
            index--;
        }
        return values[index];
    }

    private int wanted(double share) {
        int rank = (int) Math.ceil((rows + 1) * share - Conformal.ROUNDING);
        if (rank > rows) {
            throw new IllegalArgumentException(rows + " rows promise no share of " + share);
        }
        return Math.max(1, rank);
    }

    private static int rank(int index, int rows, int kept) {
        return kept == 1 ? 1 : (int) (1 + (long) index * (rows - 1) / (kept - 1));
    }
}
