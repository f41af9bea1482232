package io.mlops.pipeline.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The metrics of predictions.
 *
 * @param values the value of each metric by its key, in the order of {@link Metric}
 * @param undefined why a metric has no value for these rows, by its key
 */
public record Metrics(Map<String, Double> values, Map<String, String> undefined) {
    public Metrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        undefined = Collections.unmodifiableMap(new LinkedHashMap<>(undefined));
    }

    /** All metrics of the predictions' task. */
    public static Metrics compute(Predictions predictions) {
        Scorer scorer = Scorer.of(predictions);
        return of(scorer, scorer.score(null));
    }

    static Metrics of(Scorer scorer, double[] scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, String> undefined = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++) {
            Metric metric = scorer.metrics().get(i);
            if (!Double.isNaN(scores[i])) {
                values.put(metric.key(), scores[i]);
            } else if (!metric.whenUndefined().isEmpty()) {
                undefined.put(metric.key(), metric.whenUndefined());
            }
        }
        return new Metrics(values, undefined);
    }

    /** The value of a metric; empty where it is undefined for these rows. */
    public OptionalDouble value(Metric metric) {
        Double value = values.get(metric.key());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
