package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The values of one feature, sorted into at most 255 bins: 0 is for those that are missing, and of the others bin {@code b}
 * holds those above bound {@code b - 2} and up to bound {@code b - 1}.
 */
record Bins(float[] bounds, byte[] codes) {
    private static final int MOST = 254;

    /** @param ranks the rank of each category, by which its values are ordered; empty for a number */
    static Bins of(FeatureMatrix features, int column, float[] ranks) {
        float[] values = new float[features.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ranked(features.get(row, column), ranks);
        }
        float[] bounds = bounds(values);
        byte[] codes = new byte[values.length];
        for (int row = 0; row < codes.length; row++) {
            if (!Float.isNaN(values[row])) {
                int found = Arrays.binarySearch(bounds, values[row]);
                codes[row] = (byte) (1 + (found >= 0 ? found : -found - 1));
            }
        }
        return new Bins(bounds, codes);
    }

    /** A value in the order in which it is split: a category's rank, where it has one. */
    static float ranked(float value, float[] ranks) {
        if (ranks.length == 0 || Float.isNaN(value)) {
            return value;
        }
        return value >= 0 && value < ranks.length ? ranks[(int) value] : Float.NaN;
    }

    /**
     * The rank of each category of a feature by the mean of its rows.
     *
     * @param values what is averaged: the target, or 1 for its most frequent class
     */
    static float[] ranks(FeatureMatrix features, int column, double[] values) {
        Feature feature = features.features().get(column);
        double[] sums = new double[feature.levels()];
        double[] counts = new double[feature.levels()];
        for (int row = 0; row < features.rows(); row++) {
            float code = features.get(row, column);
            if (code >= 0 && code < sums.length) {
                sums[(int) code] += values[row];
                counts[(int) code]++;
            }
        }
        double mean = Arrays.stream(values).average().orElse(0);
        int[] ordered = IntStream.range(0, sums.length)
                .boxed()
                .sorted(Comparator.comparingDouble(code -> (sums[code] + mean) / (counts[code] + 1)))
                .mapToInt(code -> code)
                .toArray();
        float[] ranks = new float[sums.length];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[ordered[rank]] = rank;
        }
        return ranks;
    }

    /** Between any two different values, or where there are many between quantiles. */
    private static float[] bounds(float[] values) {
        float[] sorted = values.clone();
        // What is missing comes last.
        Arrays.sort(sorted);
        int count = sorted.length;
        while (count > 0 && Float.isNaN(sorted[count - 1])) {
            count--;
        }
        int different = 0;
        for (int i = 1; i < count; i++) {
            different += sorted[i] > sorted[i - 1] ? 1 : 0;
        }
        float[] bounds = new float[Math.min(different, MOST - 1)];
        int found = 0;
        for (int i = 1; i < count && found < bounds.length; i++) {
            if (sorted[i] > sorted[i - 1]) {
                boolean quantile = (long) i * MOST >= (long) (found + 1) * count;
                if (different < MOST || quantile) {
                    float middle = (sorted[i - 1] + sorted[i]) / 2;
                    bounds[found++] = middle < sorted[i] ? middle : sorted[i - 1];
                }
            }
        }
        return Arrays.copyOf(bounds, found);
    }

    int code(int row) {
        return codes[row] & 0xFF;
    }
}
