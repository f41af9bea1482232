package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Copies rows into XGBoost's own memory; whoever asks for a matrix disposes of it. */
final class Matrices {
    private Matrices() {}

    /** The rows from one number up to another. */
    static DMatrix of(FeatureMatrix features, int from, int to) throws XGBoostError {
        int columns = features.columns();
        float[] values = features.values();
        if (from > 0 || to < features.rows()) {
            values = Arrays.copyOfRange(values, from * columns, to * columns);
        }
        DMatrix matrix = new DMatrix(values, to - from, columns, Float.NaN);
        matrix.setFeatureTypes(types(features.features()));
        return matrix;
    }

    /** All rows of a training set with weights and labels. */
    static DMatrix of(TrainingSet rows, float[] labels) throws XGBoostError {
        FeatureMatrix features = rows.features();
        DMatrix matrix = of(features, 0, features.rows());
        matrix.setFeatureNames(names(features.features()));
        matrix.setLabel(labels);
        if (rows.weights() != null) {
            matrix.setWeight(rows.weights());
        }
        return matrix;
    }

    /** XGBoost's readers refuse {@code [ ] <} and stumble over blanks, so a model file names its features f0, f1, …. */
    private static String[] names(List<Feature> features) {
        String[] names = new String[features.size()];
        Arrays.setAll(names, i -> "f" + i);
        return names;
    }

    private static String[] types(List<Feature> features) {
        return features.stream()
                .map(feature -> feature.isCategorical() ? "c" : "q")
                .toArray(String[]::new);
    }
}
