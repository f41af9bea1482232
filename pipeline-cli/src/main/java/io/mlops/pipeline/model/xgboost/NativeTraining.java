package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.model.FitContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What every use of XGBoost's trainer shares. */
final class NativeTraining {
    /** XGBoost refuses trees that nothing bounds; one this deep is bounded by its rows. */
    private static final int DEEPEST = 30;

    private NativeTraining() {}

    static int depth(int maxDepth) {
        return maxDepth == 0 ? DEEPEST : maxDepth;
    }

    /** The settings that no hyperparameter changes. */
    static Map<String, Object> settings(FitContext context, String objective, double baseScore) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("tree_method", "hist");
        settings.put("objective", objective);
        // Given rather than estimated, so that the model does not depend on how XGBoost sums.
        settings.put("base_score", baseScore);
        settings.put("seed", context.seed());
        settings.put("nthread", context.threads());
        settings.put("verbosity", 0);
        return settings;
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
