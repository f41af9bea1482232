package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Optional;

/**
 * Some rows divided in two.
 *
 * @param learned what is learned from
 * @param other what is checked on
 */
record Sides(TrainingSet learned, TrainingSet other) {
    /**
     * Divides rows by chance, with whole groups on one side; empty where that leaves nothing to learn from.
     *
     * @param other the share that is checked on
     */
    static Optional<Fold> split(RowKeys keys, Target target, double other, long seed) {
        return Folds.holdOut(keys, target, keys.groups() == null ? By.RANDOM : By.GROUP, other, seed);
    }

    static Sides of(TrainingSet rows, Fold fold) {
        return new Sides(rows.select(fold.training()), rows.select(fold.heldOut()));
    }
}
