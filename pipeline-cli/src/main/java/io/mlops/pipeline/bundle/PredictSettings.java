package io.mlops.pipeline.bundle;

import io.mlops.pipeline.settings.Setting;
import org.jspecify.annotations.Nullable;

/** The {@code predict} part of {@code pipeline.yaml}: what a scheduler scores each day. */
public record PredictSettings(
        @Setting("The file, folder or glob that predict scores where none is given; {date} stands for the run's date.")
        @Nullable String source,

        @Setting("Where predict writes where --output is absent; {date} stands for the run's date.")
        String output) {
    public static PredictSettings defaults() {
        return new PredictSettings(null, "predictions.csv");
    }
}
