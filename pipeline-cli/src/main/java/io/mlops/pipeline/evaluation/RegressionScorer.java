package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Task;

/** Scores predictions of a number. */
final class RegressionScorer extends Scorer {
    /** The target less its mean, so that its variance keeps its digits. */
    private final double[] centred;

    private final double[] error;
    private final double[] relativeError;

    RegressionScorer(Predictions predictions) {
        super(Task.REGRESSION, predictions);
        int rows = predictions.rows();
        double mean = 0;
        for (int row = 0; row < rows; row++) {
            mean += (predictions.truth()[row] - mean) / (row + 1);
        }
        centred = new double[rows];
        error = new double[rows];
        relativeError = new double[rows];
        for (int row = 0; row < rows; row++) {
            double truth = predictions.truth()[row];
            centred[row] = truth - mean;
            error[row] = predictions.outputs()[row] - truth;
            relativeError[row] = truth == 0 ? Double.NaN : Math.abs(error[row] / truth);
        }
    }

    @Override
    void fill(Scores scores, RowCounts counts) {
        double total = 0;
        double squares = 0;
        double absolute = 0;
        double relative = 0;
        double sum = 0;
        double sumOfSquares = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < error.length; row++) {
            double weight = counts.of(row);
            if (weight > 0) {
                total += weight;
                squares += weight * error[row] * error[row];
                absolute += weight * Math.abs(error[row]);
                relative += weight * relativeError[row];
                sum += weight * centred[row];
                sumOfSquares += weight * centred[row] * centred[row];
                least = Math.min(least, centred[row]);
                most = Math.max(most, centred[row]);
            }
        }
        double variance = sumOfSquares - sum * sum / total;
        scores.put(Metric.RMSE, Math.sqrt(squares / total));
        scores.put(Metric.MAE, absolute / total);
        scores.put(Metric.R2, most > least ? 1 - squares / variance : Double.NaN);
        scores.put(Metric.MAPE, relative / total);
    }
}
