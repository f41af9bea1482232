package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Optional;

/**
 * Two halves of some rows.
 *
 * @param learned what is learned from
 * @param other what is checked on
 */
record Halves(TrainingSet learned, TrainingSet other) {
    /** Halves by chance, with whole groups on one side; empty where a half could not be learned from. */
    static Optional<Fold> split(RowKeys keys, Target target, long seed) {
        return Folds.holdOut(keys, target, keys.groups() == null ? By.RANDOM : By.GROUP, 0.5, seed);
    }

    static Halves of(TrainingSet rows, Fold fold) {
        return new Halves(rows.select(fold.training()), rows.select(fold.heldOut()));
    }
}
