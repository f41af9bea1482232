package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of a linear regression. */
public record RidgeParameters(
        @Setting(
                value = "How much large coefficients are punished (scikit-learn's alpha of Ridge).",
                min = 1e-6,
                max = 1e6)
        double alpha) {

    /** Scikit-learn's default. */
    public static RidgeParameters defaults() {
        return new RidgeParameters(1);
    }
}
