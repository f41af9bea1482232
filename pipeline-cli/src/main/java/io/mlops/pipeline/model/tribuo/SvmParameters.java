package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of a support vector machine. */
public record SvmParameters(
        @Setting("The kernel; auto takes the radial one up to rbf_rows rows and the linear one beyond.")
        Kernel kernel,

        @Setting(value = "What an error costs.", min = 1e-3, max = 1e3)
        double c,

        @Setting(value = "How fast likeness falls with distance; 0 is 1 / (features * variance).", min = 0, max = 1000)
        double gamma,

        @Setting(value = "Errors up to this many standard deviations cost nothing, for numbers.", min = 0, max = 2)
        double epsilon,

        @Setting(
                value = "The most rows for the radial kernel, whose time grows with their square.",
                min = 10,
                max = 50_000)
        int rbfRows) {

    /** How rows are compared. */
    public enum Kernel {
        AUTO,
        RBF,
        LINEAR
    }

    /** Scikit-learn's defaults, and a limit that keeps a fit within seconds. */
    public static SvmParameters defaults() {
        return new SvmParameters(Kernel.AUTO, 1, 0, 0.1, 5_000);
    }
}
