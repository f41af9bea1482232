package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hyperparameters of a random forest. */
public record ForestParameters(
        @Setting(value = "How many trees.", min = 1, max = 5_000)
        int trees,

        @Setting(value = "The greatest depth of a tree; 0 is 30.", min = 0, max = 30)
        int maxDepth,

        @Setting(value = "The least weight of rows in a leaf.", min = 0, max = 1e6)
        double minLeafRows,

        @Setting(value = "The share of rows each tree sees.", min = 0.01, max = 1)
        double subsample,

        @Setting(
                value = "The share of features each split sees; 0 is the square root of their number for classes and"
                        + " three quarters of them for numbers.",
                min = 0,
                max = 1)
        double maxFeatures,

        @Setting(value = "Draws every leaf towards the mean, as if this many rows had it.", min = 0, max = 1e6)
        double smoothing,

        @Setting(value = "Into how many bins the values of a feature are sorted.", min = 2, max = 4096)
        int maxBin,

        @Setting(value = "Categories up to this number are split one against the rest.", min = 1, max = 1_000_000)
        int maxCatToOnehot) {

    /**
     * Breiman's forest (2001) for classes, rows drawn without replacement at the share that a bootstrap would reach. A
     * little smoothing keeps a rare class from a share of exactly 0, which a log loss does not forgive.
     */
    public static ForestParameters defaults() {
        return new ForestParameters(300, 20, 2, 0.632, 0, 0.1, 256, 4);
    }

    /** The same for numbers, whose means need no smoothing. */
    static ForestParameters regressionDefaults() {
        return new ForestParameters(300, 20, 2, 0.632, 0, 0, 256, 4);
    }

    Map<String, Object> toNative(int features, boolean classification) {
        double automatic = classification ? Math.sqrt(features) / features : 0.75;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("num_parallel_tree", trees);
        settings.put("max_depth", NativeTraining.depth(maxDepth));
        settings.put("min_child_weight", minLeafRows);
        settings.put("subsample", subsample);
        settings.put("colsample_bynode", maxFeatures == 0 ? automatic : maxFeatures);
        settings.put("lambda", smoothing);
        settings.put("max_bin", maxBin);
        settings.put("max_cat_to_onehot", maxCatToOnehot);
        return settings;
    }
}
