package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The hyperparameters of gradient boosting, named as XGBoost names them. */
public record XgboostParameters(
        @Setting(value = "How many rounds of boosting; with early stopping the most.", min = 1, max = 10_000)
        int rounds,

        @Setting(value = "How much of each tree is added.", min = 1e-4, max = 1)
        double learningRate,

        @Setting(value = "The greatest depth of a tree; 0 is 30.", min = 0, max = 30)
        int maxDepth,

        @Setting(value = "The least sum of second derivatives in a leaf.", min = 0, max = 1e6)
        double minChildWeight,

        @Setting(value = "The share of rows each tree sees.", min = 0.01, max = 1)
        double subsample,

        @Setting(value = "The share of features each tree sees.", min = 0.01, max = 1)
        double colsampleBytree,

        @Setting(value = "The share of a tree's features each level sees.", min = 0.01, max = 1)
        double colsampleBylevel,

        @Setting(value = "The share of a level's features each split sees.", min = 0.01, max = 1)
        double colsampleBynode,

        @Setting(value = "The L2 penalty on the leaves.", min = 0, max = 1e6)
        double lambda,

        @Setting(value = "The L1 penalty on the leaves.", min = 0, max = 1e6)
        double alpha,

        @Setting(value = "The least gain of a split.", min = 0, max = 1e6)
        double gamma,

        @Setting(value = "Into how many bins the values of a feature are sorted.", min = 2, max = 4096)
        int maxBin,

        @Setting("Whether a tree grows level by level, or where the gain is greatest.")
        GrowPolicy growPolicy,

        @Setting(value = "The most leaves of a tree; 0 is any number.", min = 0, max = 65_536)
        int maxLeaves,

        @Setting(value = "Categories up to this number are split one against the rest.", min = 1, max = 1_000_000)
        int maxCatToOnehot,

        @Setting(value = "The most categories on one side of a split.", min = 1, max = 1_000_000)
        int maxCatThreshold,

        @Setting(
                value = "Stops after this many rounds without a better loss on the validation rows; 0 never does.",
                min = 0,
                max = 10_000)
        int earlyStoppingRounds) {

    /** Where a tree grows next. */
    public enum GrowPolicy {
        DEPTHWISE,
        LOSSGUIDE
    }

    /**
     * Pytabkit's tuned defaults for classification (Holzmüller et al. 2024), but with XGBoost's own L2 penalty: without
     * any, a leaf of one rare class takes an unbounded step, and {@code docs/defaults.md} shows what that costs.
     */
    public static XgboostParameters defaults() {
        return new XgboostParameters(
                1000, 0.08, 6, 5e-6, 0.65, 1, 0.9, 1, 1, 0, 0, 256, GrowPolicy.DEPTHWISE, 0, 4, 64, 50);
    }

    /** Pytabkit's tuned defaults for regression (Holzmüller et al. 2024), with the same L2 penalty. */
    static XgboostParameters regressionDefaults() {
        return new XgboostParameters(1000, 0.05, 9, 2, 0.7, 1, 1, 1, 1, 0, 0, 256, GrowPolicy.DEPTHWISE, 0, 4, 64, 50);
    }

    /** The same, with a fixed number of rounds. */
    XgboostParameters withFixedRounds(int fixed) {
        return with(fixed, 0);
    }

    /** The same, with another greatest number of rounds. */
    XgboostParameters withRounds(int most) {
        return with(most, earlyStoppingRounds);
    }

    private XgboostParameters with(int newRounds, int newEarlyStoppingRounds) {
        return new XgboostParameters(
                newRounds,
                learningRate,
                maxDepth,
                minChildWeight,
                subsample,
                colsampleBytree,
                colsampleBylevel,
                colsampleBynode,
                lambda,
                alpha,
                gamma,
                maxBin,
                growPolicy,
                maxLeaves,
                maxCatToOnehot,
                maxCatThreshold,
                newEarlyStoppingRounds);
    }

    Map<String, Object> toNative() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("eta", learningRate);
        settings.put("max_depth", NativeTraining.depth(maxDepth));
        settings.put("min_child_weight", minChildWeight);
        settings.put("subsample", subsample);
        settings.put("colsample_bytree", colsampleBytree);
        settings.put("colsample_bylevel", colsampleBylevel);
        settings.put("colsample_bynode", colsampleBynode);
        settings.put("lambda", lambda);
        settings.put("alpha", alpha);
        settings.put("gamma", gamma);
        settings.put("max_bin", maxBin);
        settings.put("grow_policy", growPolicy.name().toLowerCase(Locale.ROOT));
        settings.put("max_leaves", maxLeaves);
        settings.put("max_cat_to_onehot", maxCatToOnehot);
        settings.put("max_cat_threshold", maxCatThreshold);
        return settings;
    }
}
