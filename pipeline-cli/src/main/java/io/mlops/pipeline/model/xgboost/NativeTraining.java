package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.model.FitContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What every use of XGBoost's trainer shares. */
final class NativeTraining {
    /** XGBoost refuses trees that nothing bounds; one this deep is bounded by its rows. */
    private static final int DEEPEST = 30;

    /** Bytes of a sum of first and second derivatives. */
    private static final int BIN_BYTES = 16;

    /** For the histograms that a tree keeps to subtract from; deeper nodes have so few rows that counting them is cheaper. */
    private static final long KEPT_BYTES = 32L << 20;

    /** As many nodes as a tree of depth six has. */
    private static final int LEAST_KEPT_NODES = 128;

    private NativeTraining() {}

    static int depth(int maxDepth) {
        return maxDepth == 0 ? DEEPEST : maxDepth;
    }

    /**
     * The settings of a booster.
     *
     * @param hyperparameters by XGBoost's names; with {@code max_bin}
     * @param columns of the features
     */
    static Map<String, Object> settings(
            FitContext context, String objective, double baseScore, Map<String, Object> hyperparameters, int columns) {
        Map<String, Object> settings = new LinkedHashMap<>(hyperparameters);
        settings.put("tree_method", "hist");
        settings.put("objective", objective);
        // Given rather than estimated, so that the model does not depend on how XGBoost sums.
        settings.put("base_score", baseScore);
        settings.put("seed", context.seed());
        settings.put("nthread", context.threads());
        settings.put("verbosity", 0);
        Object bins = Objects.requireNonNull(hyperparameters.get("max_bin"));
        settings.put("max_cached_hist_node", keptNodes(columns, (int) bins));
        return settings;
    }

    /** XGBoost would keep the histograms of 65,536 nodes: gigabytes where trees are deep. */
    static int keptNodes(int columns, int bins) {
        return (int) Math.max(LEAST_KEPT_NODES, KEPT_BYTES / (Math.max(1L, columns) * bins * BIN_BYTES));
    }

    /** A booster without trees. */
    static Booster empty(DMatrix training, Map<String, Object> settings, Map<String, DMatrix> watches)
            throws XGBoostError {
        return XGBoost.train(training, settings, 0, watches, null, null);
    }

    /** Ends a fit whose thread was interrupted. */
    static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted");
        }
    }

    /** XGBoost's errors are ours: its settings were checked and its data is ours. */
    static IllegalStateException failed(XGBoostError e) {
        return new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
    }
}
