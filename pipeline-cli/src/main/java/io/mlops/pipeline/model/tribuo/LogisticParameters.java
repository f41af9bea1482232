package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of a logistic regression. */
public record LogisticParameters(
        @Setting(
                value = "How little large coefficients are punished, for two classes (scikit-learn's C).",
                min = 1e-6,
                max = 1e6)
        double c,

        @Setting(
                value = "How often the rows are read, for more than two classes; 0 decides by their number.",
                min = 0,
                max = 1000)
        int epochs,

        @Setting(value = "How far each row moves the coefficients, for more than two classes.", min = 1e-4, max = 10)
        double learningRate,

        @Setting(
                value = "How many rows move the coefficients together, for more than two classes.",
                min = 1,
                max = 1024)
        int batch) {

    /** Measured to come nearest to a converged fit of scikit-learn's. */
    public static LogisticParameters defaults() {
        return new LogisticParameters(1, 0, 0.1, 1);
    }

    /** Enough updates to settle, at least a few and at most fifty times each row. */
    int epochsFor(int rows) {
        return epochs > 0 ? epochs : Math.max(5, Math.min(50, 100_000 / Math.max(1, rows)));
    }
}
