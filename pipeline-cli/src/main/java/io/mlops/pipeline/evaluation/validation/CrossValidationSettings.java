package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.settings.Setting;
import org.jspecify.annotations.Nullable;

/** The {@code train.cross_validation} part of {@code pipeline.yaml}. */
public record CrossValidationSettings(
        @Setting(
                value =
                        "How many parts the training rows are cut into; 0 is none, 1 one part held out; by size where absent.",
                min = 0,
                max = 50)
        @Nullable Integer folds,

        @Setting(value = "How many times the cutting is repeated; by size where absent.", min = 1, max = 50) @Nullable Integer repeats,

        @Setting("What decides the part a row falls into: auto (time where there is a time column, group where there is"
                + " a group column), random, time, group.")
        By by) {
    /** What decides the part a row falls into. */
    public enum By {
        AUTO,
        RANDOM,
        TIME,
        GROUP
    }

    public static CrossValidationSettings defaults() {
        return new CrossValidationSettings(null, null, By.AUTO);
    }

    /** No cross-validation at all. */
    public static CrossValidationSettings none() {
        return new CrossValidationSettings(0, null, By.AUTO);
    }
}
