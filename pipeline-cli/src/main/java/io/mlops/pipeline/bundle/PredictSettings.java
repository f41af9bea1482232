package io.mlops.pipeline.bundle;

import io.mlops.pipeline.settings.Setting;
import org.jspecify.annotations.Nullable;

/** The {@code predict} part of {@code pipeline.yaml}: what a scheduler scores each day. */
public record PredictSettings(
        @Setting("The file, folder or glob that predict scores where none is given; {date} stands for the run's date.")
        @Nullable String source,

        @Setting("Where predict writes where --output is absent; {date} stands for the run's date.")
        String output,

        @Setting("Whether predict writes intervals of numbers, and sets of classes, where --intervals is absent.")
        boolean intervals,

        @Setting(
                value = "Which share of rows the intervals and sets shall hold the truth of; evaluate measures it.",
                min = 0.01,
                max = 0.999)
        double level) {
    public static PredictSettings defaults() {
        return new PredictSettings(null, "predictions.csv", false, 0.9);
    }
}
