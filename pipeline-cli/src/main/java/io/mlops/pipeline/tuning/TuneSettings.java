package io.mlops.pipeline.tuning;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.settings.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code tune} part of {@code pipeline.yaml}. */
public record TuneSettings(
        @Setting("How the next hyperparameters are chosen: tpe (where good ones were dense), quasi_random, random.")
        Sampler.Kind sampler,

        @Setting(
                value =
                        "How many hyperparameters are tried; 50 where absent, or as many as the time allows where that is"
                                + " limited.",
                min = 1,
                max = 100_000)
        @Nullable Integer trials,

        @Setting(value = "After how many seconds no more are tried; no limit where absent.", min = 0) @Nullable Double timeLimit,

        @Setting("The metric that decides; that of evaluate.metric where absent.") @Nullable Metric metric,

        @Setting(
                value = "On how many folds a trial is measured; as many as train would use, once, where absent.",
                min = 1,
                max = 50)
        @Nullable Integer folds,

        @Setting(
                value =
                        "How many trials are chosen at a time, to run side by side. Changes which are chosen, whatever the"
                                + " number of threads.",
                min = 1,
                max = 256)
        int parallel,

        @Setting("Whether a trial is given up after a bad first impression: on one fold, and after few rounds there.")
        boolean prune,

        @Setting(value = "How many of the best trials of earlier dates are tried first.", min = 0, max = 100)
        int warmStart,

        @Setting("Other ranges of hyperparameters than the family's own, by name.")
        Map<String, DimensionSettings> space) {

    /** So many trials where neither their number nor the time is limited. */
    private static final int USUAL_TRIALS = 50;

    private static final int MOST_TRIALS = 100_000;

    public TuneSettings {
        space = Collections.unmodifiableMap(new LinkedHashMap<>(space));
    }

    public static TuneSettings defaults() {
        return new TuneSettings(Sampler.Kind.TPE, null, null, null, null, 4, true, 5, Map.of());
    }

    /** The most trials. */
    public int mostTrials() {
        return trials != null ? trials : timeLimit != null ? MOST_TRIALS : USUAL_TRIALS;
    }

    /** The same without limits, which decide how many trials there are but not what each of them is. */
    public TuneSettings unlimited() {
        return new TuneSettings(sampler, null, null, metric, folds, parallel, prune, warmStart, space);
    }

    /** Where one hyperparameter is searched. */
    public record DimensionSettings(
            @Setting("The one value to use.") @Nullable String value,

            @Setting("The least value.") @Nullable Double low,

            @Setting("The greatest value.") @Nullable Double high,

            @Setting("Whether values are spread by their logarithm; as the family says where absent.") @Nullable Boolean log,

            @Setting("The words to choose from.") List<String> choices) {
        public DimensionSettings {
            choices = List.copyOf(choices);
            int ways = (value != null ? 1 : 0) + (low != null || high != null ? 1 : 0) + (choices.isEmpty() ? 0 : 1);
            if (ways > 1 || (ways == 0 && log != null)) {
                throw new IllegalArgumentException("give either value, or low and high, or choices");
            }
            if (low != null && high != null && low > high) {
                throw new IllegalArgumentException("low " + low + " is above high " + high);
            }
        }

        public static DimensionSettings defaults() {
            return new DimensionSettings(null, null, null, null, List.of());
        }
    }
}
