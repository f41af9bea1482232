package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.model.TrainingSet;

/**
 * What the outputs should be: cross entropy for classes, squared error of standardised values else.
 *
 * @param center the mean of the values; 0 for classes
 * @param scale their deviation; 1 for classes
 * @param lower the least value
 * @param upper the greatest value
 * @param meanWeight of the training rows
 * @param smoothing the share of each row's class that is spread over all classes
 */
record Goal(
        NetworkHeader.Kind kind,
        double center,
        double scale,
        double lower,
        double upper,
        double meanWeight,
        double smoothing) {
    /** What follows from less would be subnormal numbers, which take a hundred times as long to compute with. */
    private static final double LEAST_SLOPE = 1e-12;

    static Goal of(TrainingSet rows, double smoothing) {
        double total = 0;
        for (int row = 0; row < rows.rows(); row++) {
            total += rows.weight(row);
        }
        double weight = total > 0 ? total / rows.rows() : 1;
        if (rows.target().task().isClassification()) {
            return new Goal(NetworkHeader.Kind.CLASSES, 0, 1, 0, 1, weight, smoothing);
        }
        double mean = rows.means()[0];
        double squares = 0;
        double lower = Double.MAX_VALUE;
        double upper = -Double.MAX_VALUE;
        for (int row = 0; row < rows.rows(); row++) {
            double value = rows.values()[row];
            squares += rows.weight(row) * (value - mean) * (value - mean);
            lower = Math.min(lower, value);
            upper = Math.max(upper, value);
        }
        double deviation = Math.sqrt(squares / total);
        return new Goal(
                NetworkHeader.Kind.VALUE,
                mean,
                deviation > 0 && Double.isFinite(deviation) ? deviation : 1,
                lower,
                upper,
                weight,
                0);
    }

    /** The name of the loss that {@link #shown} gives. */
    String metric() {
        return kind == NetworkHeader.Kind.CLASSES ? "logloss" : "rmse";
    }

    /** A mean loss in the units that people read. */
    double shown(double loss) {
        return kind == NetworkHeader.Kind.CLASSES ? loss : scale * Math.sqrt(loss);
    }

    /** The weighted sum of the losses of n rows. */
    double loss(float[][] outputs, TrainingSet rows, int[] order, int from, int n) {
        double sum = 0;
        double[] shares = new double[outputs.length];
        for (int j = 0; j < n; j++) {
            int row = order[from + j];
            sum += rows.weight(row) * loss(outputs, rows, row, j, shares);
        }
        return sum;
    }

    /** The same relative to the mean weight; sets the gradient of the mean loss. */
    double gradient(float[][] outputs, TrainingSet rows, int[] order, int from, int n, float[][] up) {
        double sum = 0;
        double[] shares = new double[outputs.length];
        for (int j = 0; j < n; j++) {
            int row = order[from + j];
            double weight = rows.weight(row) / meanWeight;
            sum += weight * loss(outputs, rows, row, j, shares);
            if (kind == NetworkHeader.Kind.VALUE) {
                up[0][j] = (float) (2 * weight / n * (outputs[0][j] - (rows.values()[row] - center) / scale));
            } else {
                for (int k = 0; k < shares.length; k++) {
                    double wanted = smoothing / shares.length + (k == (int) rows.values()[row] ? 1 - smoothing : 0);
                    double slope = weight / n * (shares[k] - wanted);
                    up[k][j] = Math.abs(slope) < LEAST_SLOPE ? 0 : (float) slope;
                }
            }
        }
        return sum;
    }

    private double loss(float[][] outputs, TrainingSet rows, int row, int j, double[] shares) {
        double value = rows.values()[row];
        if (kind == NetworkHeader.Kind.VALUE) {
            double bounded = Math.max(lower, Math.min(upper, center + scale * outputs[0][j]));
            double error = (bounded - value) / scale;
            return error * error;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (float[] output : outputs) {
            most = Math.max(most, output[j]);
        }
        double total = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = StrictMath.exp(outputs[k][j] - most);
            total += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= total;
        }
        return StrictMath.log(total) + most - outputs[(int) value][j];
    }
}
