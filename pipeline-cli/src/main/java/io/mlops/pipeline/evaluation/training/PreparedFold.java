package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import org.jspecify.annotations.Nullable;

/**
 * A fold as features, by a preprocessor that its training side fitted.
 *
 * @param training with made-up rows or weights, where rare classes are answered so
 * @param validation the rows that decide when to stop; null for none
 * @param selection which columns were selected; null where that was not wished
 * @param unselected the same with all columns; null where none was dropped
 * @param seconds how long it took to prepare
 */
record PreparedFold(
        Fold fold,
        TrainingSet training,
        @Nullable TrainingSet validation,
        FeatureMatrix heldOut,
        @Nullable Selection selection,
        @Nullable PreparedFold unselected,
        double seconds) {
    /** The same, without what a selection could be compared with. */
    PreparedFold alone() {
        return unselected == null
                ? this
                : new PreparedFold(fold, training, validation, heldOut, selection, null, seconds);
    }

    /** How much memory it takes, nearly. */
    double bytes() {
        return bytes(training.features()) + bytes(heldOut) + (validation == null ? 0 : bytes(validation.features()));
    }

    private static double bytes(FeatureMatrix matrix) {
        return (double) Float.BYTES * matrix.rows() * matrix.columns();
    }
}
