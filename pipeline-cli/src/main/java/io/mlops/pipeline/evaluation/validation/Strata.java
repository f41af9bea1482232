package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.data.Target;
import java.util.Arrays;

/**
 * Rows whose targets are alike, which every part of a split gets its share of: the classes, or ten ranges of a number.
 *
 * @param of the stratum of each row
 * @param sizes how many rows each stratum has
 */
record Strata(int[] of, int[] sizes) {
    private static final int RANGES = 10;

    static Strata of(double[] values, Target target) {
        int[] of = new int[values.length];
        int[] sizes = new int[Math.max(RANGES, target.classes().size())];
        double[] bounds = target.task().isClassification() ? new double[0] : bounds(values);
        for (int row = 0; row < values.length; row++) {
            of[row] = target.task().isClassification() ? (int) values[row] : rangeOf(values[row], bounds);
            sizes[of[row]]++;
        }
        return new Strata(of, sizes);
    }

    private static double[] bounds(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] bounds = new double[RANGES - 1];
        for (int i = 0; i < bounds.length && sorted.length > 0; i++) {
            bounds[i] = sorted[(int) ((i + 1L) * sorted.length / RANGES)];
        }
        return bounds;
    }

    private static int rangeOf(double value, double[] bounds) {
        int range = 0;
        while (range < bounds.length && value >= bounds[range]) {
            range++;
        }
        return range;
    }

    /** How many strata have at least one row. */
    int present() {
        return (int) Arrays.stream(sizes).filter(size -> size > 0).count();
    }

    /** The size of the smallest stratum that has a row. */
    int smallest() {
        return Arrays.stream(sizes).filter(size -> size > 0).min().orElse(0);
    }
}
