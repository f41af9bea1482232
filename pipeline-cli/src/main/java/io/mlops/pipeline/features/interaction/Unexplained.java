package io.mlops.pipeline.features.interaction;

/** What of the targets is not explained yet, in shares of their variance. */
final class Unexplained {
    /** How many rows the mean of all weighs in that of a bin. */
    private static final double SMOOTHING = 10;

    /** Of so many deviations beyond 0 a gain is no chance, among hundreds of candidates. */
    private static final double DEVIATIONS = 4;

    private final double[] residuals;
    private final int width;
    private final int rows;

    Unexplained(double[] targets, int rows) {
        this.rows = rows;
        width = targets.length / rows;
        residuals = targets.clone();
        double variance = 0;
        for (int k = 0; k < width; k++) {
            double mean = 0;
            for (int i = k; i < residuals.length; i += width) {
                mean += residuals[i] / rows;
            }
            for (int i = k; i < residuals.length; i += width) {
                residuals[i] -= mean;
                variance += residuals[i] * residuals[i] / rows;
            }
        }
        double scale = variance > 0 && Double.isFinite(variance) ? 1 / Math.sqrt(variance) : 0;
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] *= scale;
        }
    }

    /**
     * The share of the variance that the means of bins explain: the mean product of those of the even and of the odd rows,
     * which is 0 in the mean where there is nothing to explain.
     */
    double gain(Bins bins) {
        double[] sums = new double[bins.count() * 2 * width];
        int[] counts = new int[bins.count() * 2];
        for (int row = 0; row < rows; row++) {
            int at = bins.places()[row] * 2 + (row & 1);
            counts[at]++;
            for (int k = 0; k < width; k++) {
                sums[at * width + k] += residuals[row * width + k];
            }
        }
        double gain = 0;
        for (int even = 0; even < counts.length; even += 2) {
            double weight = (counts[even] + counts[even + 1]) / (double) rows;
            for (int k = 0; k < width; k++) {
                gain += weight
                        * (sums[even * width + k] / (counts[even] + SMOOTHING / 2))
                        * (sums[(even + 1) * width + k] / (counts[even + 1] + SMOOTHING / 2));
            }
        }
        return gain;
    }

    /** What chance alone gives. */
    double chance(Bins bins) {
        double variance = 0;
        for (double residual : residuals) {
            variance += residual * residual / rows;
        }
        // The product of two means of half a bin each has this deviation, and bins add up as their root.
        return DEVIATIONS * 2 * variance * Math.sqrt(Math.min(bins.count(), rows)) / rows;
    }

    /** Takes out what the means of bins explain. */
    void explain(Bins bins) {
        double[] sums = new double[bins.count() * width];
        int[] counts = new int[bins.count()];
        for (int row = 0; row < rows; row++) {
            int bin = bins.places()[row];
            counts[bin]++;
            for (int k = 0; k < width; k++) {
                sums[bin * width + k] += residuals[row * width + k];
            }
        }
        for (int row = 0; row < rows; row++) {
            int bin = bins.places()[row];
            for (int k = 0; k < width; k++) {
                residuals[row * width + k] -= sums[bin * width + k] / (counts[bin] + SMOOTHING);
            }
        }
    }
}
