package io.mlops.pipeline.evaluation.training;

/** Whether hyperparameters that a search found stand in the place of those of {@code train.params}. */
public enum Tuned {
    NONE,
    /** Those of the family's newest study that began with the same {@code train.params}, where there is one. */
    AUTO,
    /** Those of the family's newest study, without which there is no training. */
    REQUIRED
}
