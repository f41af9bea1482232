package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
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
    static Optional<Halves> of(TrainingSet rows, RowKeys keys, long seed) {
        return Folds.holdOut(keys, rows.target(), keys.groups() == null ? By.RANDOM : By.GROUP, 0.5, seed)
                .map(fold -> new Halves(rows.select(fold.training()), rows.select(fold.heldOut())));
    }
}
