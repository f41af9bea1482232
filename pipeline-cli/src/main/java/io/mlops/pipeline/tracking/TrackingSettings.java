package io.mlops.pipeline.tracking;

import io.mlops.pipeline.settings.Setting;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key {@code tracking} of {@code pipeline.yaml}. */
public record TrackingSettings(
        @Setting(
                "What an outage of the MLflow server means: spool keeps the record and goes on, required ends with exit"
                        + " code 75, off records nothing.")
        Mode mode,

        @Setting(
                "The address of the MLflow server; MLFLOW_TRACKING_URI where absent. User names and passwords come from the"
                        + " environment only.")
        @Nullable String uri,

        @Setting("What links to the server begin with, where a browser knows it by another address;"
                + " MLOPS_MLFLOW_PUBLIC_URI where absent, else the address.")
        @Nullable String publicUri,

        @Setting("The experiment; MLFLOW_EXPERIMENT_NAME where absent, else the model's name.") @Nullable String experiment,

        @Setting("The name of the run; the model's name and the date where absent.") @Nullable String runName,

        @Setting("Tags of the run, by name.") Map<String, String> tags,

        @Setting(value = "How many seconds the end of a stage waits for the server.", min = 0, max = 3600)
        int timeoutSeconds) {

    /** What an outage means. */
    public enum Mode {
        SPOOL,
        REQUIRED,
        OFF
    }

    public static TrackingSettings defaults() {
        return new TrackingSettings(Mode.SPOOL, null, null, null, null, Map.of(), 30);
    }
}
