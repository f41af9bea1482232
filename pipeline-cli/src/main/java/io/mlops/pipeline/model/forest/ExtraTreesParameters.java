package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of extremely randomised trees. */
public record ExtraTreesParameters(
        @Setting(value = "How many trees.", min = 1, max = 5_000)
        int trees,

        @Setting(value = "The most leaves of a tree.", min = 2, max = 1_000_000)
        int maxLeaves,

        @Setting(value = "The least number of rows in a leaf.", min = 1, max = 1_000_000)
        int minLeafRows,

        @Setting(value = "The share of features each split tries.", min = 0, max = 1)
        double maxFeatures,

        @Setting(value = "Draws every leaf towards the mean, as if this many rows had it.", min = 0, max = 1e6)
        double smoothing) {

    /**
     * AutoGluon's share of features and most leaves. A little smoothing keeps a rare class from a share of exactly 0, which a
     * log loss does not forgive.
     */
    public static ExtraTreesParameters defaults() {
        return new ExtraTreesParameters(200, 15_000, 2, 0.75, 0.1);
    }
}
