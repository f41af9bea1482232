package io.mlops.pipeline.evaluation;

import java.util.List;

/**
 * How far a regression is off.
 *
 * @param quantiles of the true value less the predicted one
 * @param sample some rows, chosen evenly over the predicted values
 */
public record Residuals(List<Quantile> quantiles, List<Point> sample) {
    public Residuals {
        quantiles = List.copyOf(quantiles);
        sample = List.copyOf(sample);
    }

    /** The value that a share of the rows does not exceed. */
    public record Quantile(double share, double value) {}

    /** One row. */
    public record Point(double predicted, double actual) {}
}
