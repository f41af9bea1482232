package io.mlops.pipeline.model.ensemble;

import java.util.Arrays;

/**
 * How an ensemble makes one answer of what its members give.
 *
 * @param intercepts one for each output; none for {@link Kind#MEAN}
 */
public record Blend(Kind kind, double[] intercepts) {
    /** A probability below it counts as it, since its logarithm is taken. */
    private static final double SMALLEST = 1e-7;

    /** What is summed up. */
    public enum Kind {
        /** What the members give; their weights sum to 1. */
        MEAN,
        /** The logarithms of probabilities, and the intercept of each class; the softmax of that is the answer. */
        LOG,
        /** What the members give, and an intercept. */
        LINEAR
    }

    /** The weighted mean. */
    public static Blend mean() {
        return new Blend(Kind.MEAN, new double[0]);
    }

    /** What a sum begins with. */
    public double[] begin(int size) {
        double[] sums = new double[size];
        for (int i = 0; i < size && intercepts.length > 0; i++) {
            sums[i] = intercepts[i % intercepts.length];
        }
        return sums;
    }

    /** Adds what one member gives. */
    public void add(double[] sums, double[] given, double weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * (kind == Kind.LOG ? logarithm(given[i]) : given[i]);
        }
    }

    /** Makes sums the answer. */
    public void finish(double[] sums) {
        for (int from = 0; kind == Kind.LOG && from < sums.length; from += intercepts.length) {
            softmax(sums, from, from + intercepts.length);
        }
    }

    /** What is summed up of a probability. */
    public static double logarithm(double probability) {
        return Math.log(Math.max(SMALLEST, probability));
    }

    /** Makes numbers their exponentials' shares. */
    public static void softmax(double[] numbers, int from, int to) {
        double highest = Arrays.stream(numbers, from, to).max().orElse(0);
        double total = 0;
        for (int i = from; i < to; i++) {
            numbers[i] = Math.exp(numbers[i] - highest);
            total += numbers[i];
        }
        for (int i = from; i < to; i++) {
            numbers[i] /= total;
        }
    }
}
