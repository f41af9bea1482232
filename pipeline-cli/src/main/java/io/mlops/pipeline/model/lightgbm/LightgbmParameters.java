package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hyperparameters of gradient boosting leaf by leaf, named as LightGBM names them. */
public record LightgbmParameters(
        @Setting(value = "How many rounds of boosting; with early stopping the most.", min = 1, max = 10_000)
        int rounds,

        @Setting(value = "How much of each tree is added.", min = 1e-4, max = 1)
        double learningRate,

        @Setting(value = "The most leaves of a tree.", min = 2, max = 65_536)
        int numLeaves,

        @Setting(value = "The greatest depth of a tree; 0 is any.", min = 0, max = 1000)
        int maxDepth,

        @Setting(value = "The least number of rows in a leaf.", min = 1, max = 1_000_000)
        int minDataInLeaf,

        @Setting(value = "The least sum of second derivatives in a leaf.", min = 0, max = 1e6)
        double minSumHessianInLeaf,

        @Setting(value = "The share of rows each tree sees.", min = 0.01, max = 1)
        double baggingFraction,

        @Setting(value = "The share of features each tree sees.", min = 0.01, max = 1)
        double featureFraction,

        @Setting(value = "The share of a tree's features each split sees.", min = 0.01, max = 1)
        double featureFractionBynode,

        @Setting("Whether each split tries one random threshold of a feature instead of all.")
        boolean extraTrees,

        @Setting(value = "The L1 penalty on the leaves.", min = 0, max = 1e6)
        double lambdaL1,

        @Setting(value = "The L2 penalty on the leaves.", min = 0, max = 1e6)
        double lambdaL2,

        @Setting(value = "The least gain of a split.", min = 0, max = 1e6)
        double minGainToSplit,

        @Setting(value = "Into how many bins the values of a feature are sorted.", min = 2, max = 4096)
        int maxBin,

        @Setting(value = "Categories up to this number are split one against the rest.", min = 1, max = 1_000_000)
        int maxCatToOnehot,

        @Setting(value = "The most categories on one side of a split.", min = 1, max = 1_000_000)
        int maxCatThreshold,

        @Setting(value = "Draws a category's statistics towards 0, as if it had so many more rows.", min = 0, max = 1e6)
        double catSmooth,

        @Setting(value = "The further L2 penalty on leaves that categories split.", min = 0, max = 1e6)
        double catL2,

        @Setting(value = "The least number of rows of a group of categories.", min = 1, max = 1_000_000)
        int minDataPerGroup,

        @Setting(
                value = "Stops after this many rounds without a better loss on the validation rows; 0 never does.",
                min = 0,
                max = 10_000)
        int earlyStoppingRounds) {

    /** LightGBM's own defaults, with AutoGluon's learning rate and more rounds, of which early stopping takes what helps. */
    public static LightgbmParameters defaults() {
        return new LightgbmParameters(
                1000, 0.05, 31, 0, 20, 1e-3, 1, 1, 1, false, 0, 0, 0, 255, 4, 32, 10, 10, 100, 50);
    }

    /** The same, with a fixed number of rounds. */
    LightgbmParameters withFixedRounds(int fixed) {
        return with(fixed, 0);
    }

    /** The same, with another greatest number of rounds. */
    LightgbmParameters withRounds(int most) {
        return with(most, earlyStoppingRounds);
    }

    private LightgbmParameters with(int newRounds, int newEarlyStoppingRounds) {
        return new LightgbmParameters(
                newRounds,
                learningRate,
                numLeaves,
                maxDepth,
                minDataInLeaf,
                minSumHessianInLeaf,
                baggingFraction,
                featureFraction,
                featureFractionBynode,
                extraTrees,
                lambdaL1,
                lambdaL2,
                minGainToSplit,
                maxBin,
                maxCatToOnehot,
                maxCatThreshold,
                catSmooth,
                catL2,
                minDataPerGroup,
                newEarlyStoppingRounds);
    }

    Map<String, Object> toNative(int rows) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("learning_rate", learningRate);
        // It sets memory aside for each leaf that there might be.
        settings.put("num_leaves", Math.max(2, Math.min(numLeaves, rows)));
        settings.put("max_depth", maxDepth == 0 ? -1 : maxDepth);
        settings.put("min_data_in_leaf", minDataInLeaf);
        settings.put("min_sum_hessian_in_leaf", minSumHessianInLeaf);
        settings.put("bagging_fraction", Math.min(1, Math.max(baggingFraction, 1.5 / rows)));
        settings.put("bagging_freq", baggingFraction < 1 ? 1 : 0);
        settings.put("feature_fraction", featureFraction);
        settings.put("feature_fraction_bynode", featureFractionBynode);
        settings.put("extra_trees", extraTrees);
        settings.put("lambda_l1", lambdaL1);
        settings.put("lambda_l2", lambdaL2);
        settings.put("min_gain_to_split", minGainToSplit);
        settings.put("max_bin", maxBin);
        settings.put("max_cat_to_onehot", maxCatToOnehot);
        settings.put("max_cat_threshold", maxCatThreshold);
        settings.put("cat_smooth", catSmooth);
        settings.put("cat_l2", catL2);
        settings.put("min_data_per_group", minDataPerGroup);
        return settings;
    }
}
