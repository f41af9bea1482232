package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import org.jspecify.annotations.Nullable;

/**
 * A fold as features, by a preprocessor that its training side fitted.
 *
 * @param training with made-up rows or weights, where rare classes are answered so
 * @param validation the rows that decide when to stop; null for none
 * @param seconds how long it took to prepare
 */
record FoldData(
        Fold fold, TrainingSet training, @Nullable TrainingSet validation, FeatureMatrix heldOut, double seconds) {
    /** How much memory it takes, nearly. */
    double bytes() {
        return bytes(training.features()) + bytes(heldOut) + (validation == null ? 0 : bytes(validation.features()));
    }

    private static double bytes(FeatureMatrix matrix) {
        return (double) Float.BYTES * matrix.rows() * matrix.columns();
    }
}
