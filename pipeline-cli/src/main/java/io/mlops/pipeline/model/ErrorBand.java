package io.mlops.pipeline.model;

/**
 * Between which bounds the errors of nine in ten rows lay that a model had not seen.
 *
 * @param lower the 5 % quantile of the true value less the predicted one
 * @param upper the 95 % quantile
 */
public record ErrorBand(double lower, double upper) {
    /** The share of rows that should lie within. */
    public static final double SHARE = 0.9;

    /** Whether a true value lies within the band around a prediction. */
    public boolean covers(double predicted, double truth) {
        double error = truth - predicted;
        return error >= lower && error <= upper;
    }
}
