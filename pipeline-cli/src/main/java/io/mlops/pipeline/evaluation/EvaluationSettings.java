package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.settings.Setting;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@code evaluate} part of {@code pipeline.yaml}. */
public record EvaluationSettings(
        @Setting("The metric that decides between champion and challenger; auc for two classes, log_loss for more, rmse"
                + " for numbers where absent.")
        @Nullable Metric metric,

        @Setting(
                value = "How many resamples the intervals rest on; fewer are drawn from many rows.",
                min = 0,
                max = 10_000)
        int resamples,

        @Setting("Columns by whose values the metrics are also given.")
        List<String> slices,

        @Setting("Conditions that a model must meet.") Gates gates) {
    public EvaluationSettings {
        slices = List.copyOf(slices);
    }

    public static EvaluationSettings defaults() {
        return new EvaluationSettings(null, 1000, List.of(), Gates.defaults());
    }

    /** The metric that decides for a task. */
    public Metric metric(Task task) {
        return metric == null ? Metric.primary(task) : metric;
    }

    /** Conditions that a model must meet. */
    public record Gates(
            @Setting("The least value of a metric, by its name; a model below it is rejected.")
            Map<String, Double> atLeast,

            @Setting("The greatest value of a metric, by its name; a model above it is rejected.")
            Map<String, Double> atMost,

            @Setting(value = "By how much the deciding metric must improve on the champion's.", min = 0)
            double minImprovement,

            @Setting(
                    value = "The share of resamples in which the challenger must be better by that much; 0.975 goes"
                            + " with a 95 % interval.",
                    min = 0.5,
                    max = 1)
            double confidence) {
        public Gates {
            atLeast = checked(atLeast);
            atMost = checked(atMost);
        }

        public static Gates defaults() {
            return new Gates(Map.of(), Map.of(), 0, 0.975);
        }

        private static Map<String, Double> checked(Map<String, Double> bounds) {
            for (String key : bounds.keySet()) {
                if (Metric.ofKey(key).isEmpty()) {
                    throw new IllegalArgumentException("no metric '" + key + "'; there are "
                            + Arrays.stream(Metric.values()).map(Metric::key).collect(Collectors.joining(", ")));
                }
            }
            return Collections.unmodifiableMap(new LinkedHashMap<>(bounds));
        }
    }
}
