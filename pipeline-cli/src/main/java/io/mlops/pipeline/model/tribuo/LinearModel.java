package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Weighted sums of the features; saved as JSON.
 *
 * @param learner the family it comes from
 * @param kind how sums become outputs
 * @param features the names of the features, in their order
 * @param intercepts what is added to each sum
 * @param coefficients for each sum one coefficient per feature
 * @param importances the share of each feature
 */
record LinearModel(
        String learner,
        Kind kind,
        List<String> features,
        double[] intercepts,
        double[][] coefficients,
        double[] importances)
        implements TrainedModel {
    private static final String FILE = "model.json";

    /** How sums become outputs. */
    enum Kind {
        /** One sum: the logarithm of the odds of the second of two classes. */
        LOGISTIC,
        /** One sum per class: the logarithm of its probability, up to a constant. */
        SOFTMAX,
        /** One sum per class: the logarithm of its odds against all others; the probabilities are made to sum to 1. */
        ONE_VS_REST,
        /** One sum: the value. */
        VALUE
    }

    LinearModel {
        features = List.copyOf(features);
    }

    static LinearModel of(String learner, Kind kind, TrainingSet rows, double[] intercepts, double[][] coefficients) {
        List<String> features =
                rows.features().features().stream().map(Feature::name).toList();
        return new LinearModel(
                learner, kind, features, intercepts, coefficients, Spread.importances(rows.features(), coefficients));
    }

    static LinearModel load(Path folder, List<Feature> features) {
        Path file = folder.resolve(FILE);
        LinearModel model = ModelFiles.readJson(file, LinearModel.class);
        if (!model.features.equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(file, "its features are not those of the preprocessor");
        }
        return model;
    }

    @Override
    public double[] predict(FeatureMatrix matrix) {
        int sums = coefficients.length;
        int width = kind == Kind.LOGISTIC ? 2 : sums;
        double[] outputs = new double[Math.multiplyExact(matrix.rows(), width)];
        double[] row = new double[sums];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = 0; k < sums; k++) {
                row[k] = sum(matrix, i, k);
            }
            write(row, outputs, i * width);
        }
        return outputs;
    }

    private double sum(FeatureMatrix matrix, int row, int k) {
        double[] weights = coefficients[k];
        float[] values = matrix.values();
        int offset = row * weights.length;
        double sum = intercepts[k];
        for (int column = 0; column < weights.length; column++) {
            sum += weights[column] * values[offset + column];
        }
        return sum;
    }

    private void write(double[] sums, double[] outputs, int offset) {
        switch (kind) {
            case VALUE -> outputs[offset] = sums[0];
            case LOGISTIC -> {
                outputs[offset + 1] = Calibration.sigmoid(sums[0]);
                outputs[offset] = 1 - outputs[offset + 1];
            }
            case SOFTMAX -> {
                double largest = Double.NEGATIVE_INFINITY;
                for (double sum : sums) {
                    largest = Math.max(largest, sum);
                }
                for (int k = 0; k < sums.length; k++) {
                    outputs[offset + k] = Math.exp(sums[k] - largest);
                }
                normalise(outputs, offset, sums.length);
            }
            case ONE_VS_REST -> {
                for (int k = 0; k < sums.length; k++) {
                    outputs[offset + k] = Calibration.sigmoid(sums[k]);
                }
                normalise(outputs, offset, sums.length);
            }
        }
    }

    private static void normalise(double[] outputs, int offset, int count) {
        double total = 0;
        for (int k = offset; k < offset + count; k++) {
            total += outputs[k];
        }
        for (int k = offset; k < offset + count; k++) {
            outputs[k] = total > 0 ? outputs[k] / total : 1.0 / count;
        }
    }

    @Override
    public Map<String, Double> importance() {
        return Spread.named(features, importances);
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeJson(folder.resolve(FILE), this);
    }
}
