package io.mlops.pipeline.model.boosting;

import io.mlops.pipeline.model.TrainingSet;

/**
 * How a target becomes labels of single precision: a value is centred and scaled first, so that penalties and single precision mean
 * the same whatever its unit.
 *
 * @param offsets the share of each class, or the mean
 * @param scale the standard deviation of a value; 1 for classes
 */
public record Labels(double[] offsets, double scale) {
    /** Those that training rows ask for. */
    public static Labels of(TrainingSet training) {
        double[] means = training.means();
        if (training.target().task().isClassification()) {
            return new Labels(means, 1);
        }
        double squares = 0;
        double total = 0;
        for (int row = 0; row < training.rows(); row++) {
            double distance = training.values()[row] - means[0];
            squares += training.weight(row) * distance * distance;
            total += training.weight(row);
        }
        double deviation = Math.sqrt(squares / total);
        return new Labels(means, deviation > 0 ? deviation : 1);
    }

    /** The class of each row, or its scaled value. */
    public float[] of(double[] values, boolean classification) {
        float[] labels = new float[values.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (float) (classification ? values[row] : (values[row] - offsets[0]) / scale);
        }
        return labels;
    }
}
