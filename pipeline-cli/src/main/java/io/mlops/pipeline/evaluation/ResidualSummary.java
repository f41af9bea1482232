package io.mlops.pipeline.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sums up the errors of a regression. */
final class ResidualSummary {
    private static final double[] SHARES = {0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};

    /** How many rows are drawn. */
    private static final int SAMPLE = 500;

    private ResidualSummary() {}

    private static double[] sorted(double[] truth, double[] outputs) {
        double[] residuals = new double[truth.length];
        for (int row = 0; row < residuals.length; row++) {
            residuals[row] = truth[row] - outputs[row];
        }
        Arrays.sort(residuals);
        return residuals;
    }

    static Residuals of(Predictions predictions) {
        int rows = predictions.rows();
        double[] residuals = sorted(predictions.truth(), predictions.outputs());
        List<Residuals.Quantile> quantiles = new ArrayList<>();
        for (double share : SHARES) {
            quantiles.add(new Residuals.Quantile(share, Bootstrap.quantile(residuals, share)));
        }
        int[] order = Ranking.of(predictions.outputs(), 0, 1, rows).rows();
        int size = Math.min(SAMPLE, rows);
        List<Residuals.Point> sample = new ArrayList<>(size);
        for (int i = size - 1; i >= 0; i--) {
            int row = order[(int) ((2L * i + 1) * rows / (2L * size))];
            sample.add(
                    new Residuals.Point(predictions.outputs()[row], predictions.truth()[row]));
        }
        return new Residuals(quantiles, sample);
    }
}
