package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hyperparameters of a single decision tree. */
public record TreeParameters(
        @Setting(value = "The greatest depth; 0 is 30.", min = 0, max = 30)
        int maxDepth,

        @Setting(value = "The least weight of rows in a leaf.", min = 0, max = 1e6)
        double minLeafRows,

        @Setting(value = "The most leaves; 0 is any number.", min = 0, max = 65_536)
        int maxLeaves,

        @Setting(value = "Draws every leaf towards the mean, as if this many rows had it.", min = 0, max = 1e6)
        double smoothing,

        @Setting(value = "Into how many bins the values of a feature are sorted.", min = 2, max = 4096)
        int maxBin,

        @Setting(value = "Categories up to this number are split one against the rest.", min = 1, max = 1_000_000)
        int maxCatToOnehot) {

    /** A tree that a person can still read. */
    public static TreeParameters defaults() {
        return new TreeParameters(6, 10, 0, 1, 256, 4);
    }

    Map<String, Object> toNative() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("max_depth", NativeTraining.depth(maxDepth));
        settings.put("min_child_weight", minLeafRows);
        settings.put("max_leaves", maxLeaves);
        settings.put("grow_policy", maxLeaves > 0 ? "lossguide" : "depthwise");
        settings.put("lambda", smoothing);
        settings.put("max_bin", maxBin);
        settings.put("max_cat_to_onehot", maxCatToOnehot);
        return settings;
    }
}
