package io.mlops.pipeline.report.chart;

import java.util.Arrays;

/**
 * Points of one kind, in order.
 *
 * @param name what they are, for the legend
 */
public record Series(String name, double[] x, double[] y) {
    public Series {
        if (x.length != y.length) {
            throw new IllegalArgumentException(name + " has " + x.length + " x and " + y.length + " y");
        }
    }

    /** At most the given number of points, evenly chosen, with the first and the last. */
    Series thinned(int most) {
        if (x.length <= most) {
            return this;
        }
        double[] fewX = new double[most];
        double[] fewY = new double[most];
        for (int i = 0; i < most; i++) {
            int from = (int) Math.round((double) i * (x.length - 1) / (most - 1));
            fewX[i] = x[from];
            fewY[i] = y[from];
        }
        return new Series(name, fewX, fewY);
    }

    /** Only the points that have two finite numbers. */
    Series finite() {
        int[] kept = java.util.stream.IntStream.range(0, x.length)
                .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
                .toArray();
        return kept.length == x.length
                ? this
                : new Series(
                        name,
                        Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                        Arrays.stream(kept).mapToDouble(i -> y[i]).toArray());
    }
}
