package io.mlops.pipeline.data.profile;

/**
 * Count, mean, deviation and range of numbers; NaN is left out.
 *
 * <p>Parts are joined by the pairwise formula of Chan, Golub and LeVeque (1979), which loses no digits to large means.
 */
public final class Moments {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Adds numbers. */
    public void accept(double[] values) {
        Moments part = new Moments();
        double sum = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                part.count++;
                sum += value;
                part.min = Math.min(part.min, value);
                part.max = Math.max(part.max, value);
            }
        }
        part.mean = part.count == 0 ? 0 : sum / part.count;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                double off = value - part.mean;
                part.squares += off * off;
            }
        }
        merge(part);
    }

    public void merge(Moments other) {
        if (other.count == 0) {
            return;
        }
        long all = count + other.count;
        double off = other.mean - mean;
        squares += other.squares + off * off * ((double) count / all) * other.count;
        mean = count == 0 ? other.mean : mean + off * ((double) other.count / all);
        count = all;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    public long count() {
        return count;
    }

    public double mean() {
        return mean;
    }

    /** The standard deviation of the sample; 0 for fewer than two numbers. */
    public double deviation() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }
}
