package io.mlops.pipeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are recorded. */
final class TrackingOptions {
    @Option(
            names = "--tracking",
            paramLabel = "MODE",
            description =
                    "What an outage of the MLflow server means: spool (send later), required (exit 75) or off (record"
                            + " nothing).")
    @Nullable String mode;

    @Option(names = "--mlflow-disable", description = "The same as --tracking off.")
    boolean disable;

    @Option(
            names = "--mlflow-uri",
            paramLabel = "ADDRESS",
            description = "The MLflow server; MLFLOW_TRACKING_URI where absent. Credentials come from the environment.")
    @Nullable String uri;

    @Option(
            names = "--mlflow-experiment",
            paramLabel = "NAME",
            description = "The experiment; the model's name if absent.")
    @Nullable String experiment;

    @Option(names = "--mlflow-run-name", paramLabel = "NAME", description = "The name of the run.")
    @Nullable String runName;

    @Option(
            names = "--mlflow-reg-name",
            paramLabel = "NAME",
            description = "The name under which the model is registered; 'name' of pipeline.yaml where absent.")
    @Nullable String registeredName;

    @Option(
            names = "--mlflow-tags",
            paramLabel = "JSON",
            description = "Tags of the run, such as '{\"team\": \"risk\"}'.")
    @Nullable String tags;

    /** These flags as keys of the configuration. */
    Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        Flags.put(flags, "tracking.mode", disable ? "off" : mode);
        Flags.put(flags, "tracking.uri", uri);
        Flags.put(flags, "tracking.experiment", experiment);
        Flags.put(flags, "tracking.run_name", runName);
        Flags.put(flags, "name", registeredName);
        return flags;
    }

    /** What is given in a notation of its own, which JSON shares with yaml. */
    Map<String, String> sets() {
        return tags == null ? Map.of() : Map.of("tracking.tags", tags);
    }
}
