package io.mlops.pipeline.automl;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.settings.Setting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code automl} part of {@code pipeline.yaml}: how {@code train} searches where its model is {@code automl}. */
public record AutomlSettings(
        @Setting(
                value = "How many seconds training may take; the model is written before they have passed.",
                min = 1,
                max = 1e6)
        double timeLimit,

        @Setting(
                value =
                        "How many models are tried, without a clock: the same rows then give the same model, byte for byte;"
                                + " by time_limit where absent.",
                min = 1,
                max = 1000)
        @Nullable Integer maxModels,

        @Setting("The families that may be tried; all where empty.")
        List<String> families,

        @Setting("The metric by which models are chosen: auc, log_loss or rmse by the task where absent.") @Nullable Metric metric,

        @Setting(
                value =
                        "How many parts the training rows are cut into; 1 is one part held out; by time and size where absent.",
                min = 1,
                max = 20)
        @Nullable Integer folds,

        @Setting(
                value =
                        "How many microseconds a row's prediction may take, measured in a batch on one thread: the ensemble is cut"
                                + " down to that; any where absent.",
                min = 0.001,
                max = 1e9)
        @Nullable Double maxLatencyUs,

        @Setting("Whether a request to end (SIGTERM) ends the search with the best model so far, as Ctrl-C does.")
        boolean keepBest) {

    public AutomlSettings {
        families = List.copyOf(families);
    }

    /** Those that a search's result depends on, by their names; what answers a signal is no part of it. */
    public Map<String, Object> decisive() {
        Map<String, Object> decisive = Overlay.values(this);
        decisive.remove("keep_best");
        return decisive;
    }

    public static AutomlSettings defaults() {
        return new AutomlSettings(300, null, List.of(), null, null, null, false);
    }
}
