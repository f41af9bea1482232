package io.mlops.pipeline.features.step;

/**
 * The numbers of a column: distinct values in order, how often each occurs, and how many cells were missing.
 *
 * @param values ascending; the middle of a narrow range where there were too many to keep them apart
 */
public record Distribution(double[] values, long[] counts, long missing) {
    /** No numbers. */
    public static final Distribution EMPTY = new Distribution(new double[0], new long[0], 0);

    /** How many numbers there are, missing ones not counted. */
    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Whether no number occurs. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /** Whether at most one number occurs. */
    public boolean isConstant() {
        return values.length <= 1;
    }

    /** The number that a share of the numbers does not exceed; between two numbers, their mean; 0 where there are none. */
    public double quantile(double share) {
        if (isEmpty()) {
            return 0;
        }
        double rank = share * (count() - 1);
        long low = (long) Math.floor(rank);
        double fraction = rank - low;
        double first = at(low);
        double second = fraction == 0 ? first : at(low + 1);
        return first + (second - first) * fraction;
    }

    public double median() {
        return quantile(0.5);
    }

    /** The number that occurs most often; the smallest of these; 0 where there are none. */
    public double mostFrequent() {
        double best = 0;
        long most = 0;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] > most) {
                most = counts[i];
                best = values[i];
            }
        }
        return best;
    }

    public double mean() {
        long count = count();
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += values[i] * ((double) counts[i] / count);
        }
        return mean;
    }

    /** The standard deviation, divided by the number of cells as scikit-learn's scaler does. */
    public double deviation() {
        long count = count();
        double mean = mean();
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = values[i] - mean;
            variance += distance * distance * ((double) counts[i] / count);
        }
        return Math.sqrt(variance);
    }

    /** These numbers with outliers moved to the bounds. */
    public Distribution clipped(double low, double high) {
        NumberSketch sketch = new NumberSketch(Math.max(1, values.length));
        for (int i = 0; i < values.length; i++) {
            sketch.add(Math.max(low, Math.min(high, values[i])), counts[i]);
        }
        sketch.add(Double.NaN, missing);
        return sketch.finish();
    }

    /** These numbers with the missing ones replaced. */
    public Distribution imputed(double value) {
        NumberSketch sketch = new NumberSketch(values.length + 1);
        for (int i = 0; i < values.length; i++) {
            sketch.add(values[i], counts[i]);
        }
        sketch.add(value, missing);
        return sketch.finish();
    }

    private double at(long rank) {
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen > rank) {
                return values[i];
            }
        }
        return values[values.length - 1];
    }
}
