package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.ensemble.Blend;
import java.util.Arrays;
import java.util.List;

/** The weighted sum of predictions, no weight negative, with the least squares; a pass over the rows for each pair of models. */
final class LeastSquares {
    private LeastSquares() {}

    static Stacking fit(List<double[]> outputs, double[] truth) {
        int models = outputs.size();
        double[] means = outputs.stream().mapToDouble(LeastSquares::mean).toArray();
        double level = mean(truth);
        double[][] curvature = new double[models][models];
        double[] slope = new double[models];
        double trace = 0;
        for (int i = 0; i < models; i++) {
            for (int j = 0; j < models; j++) {
                curvature[i][j] = covariance(outputs.get(i), means[i], outputs.get(j), means[j]);
            }
            slope[i] = -covariance(outputs.get(i), means[i], truth, level);
            trace += curvature[i][i];
        }
        double equal = 1.0 / models;
        double ridge = trace > 0 ? Stacking.RIDGE * trace / models : 1;
        for (int i = 0; i < models; i++) {
            curvature[i][i] += ridge;
            slope[i] -= ridge * equal;
        }
        double[] weights = QuadraticProgram.minimise(curvature, slope, new double[models], models);
        double intercept = level;
        for (int i = 0; i < models; i++) {
            intercept -= weights[i] * means[i];
        }
        return new Stacking(weights, new Blend(Blend.Kind.LINEAR, new double[] {intercept}));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double covariance(double[] left, double leftMean, double[] right, double rightMean) {
        double sum = 0;
        for (int row = 0; row < left.length; row++) {
            sum += (left[row] - leftMean) * (right[row] - rightMean);
        }
        return sum / left.length;
    }
}
