package io.mlops.pipeline.evaluation.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric over folds.
 *
 * @param deviation the standard deviation over the folds; 0 where there is one
 * @param folds how many folds have a value
 */
public record Spread(double mean, double deviation, int folds) {
    /** Of each metric, by its key. */
    public static Map<String, Spread> of(List<FoldScore> scores) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        scores.forEach(score -> score.metrics()
                .forEach((metric, value) ->
                        values.computeIfAbsent(metric, any -> new ArrayList<>()).add(value)));
        Map<String, Spread> spreads = new LinkedHashMap<>();
        values.forEach((metric, all) ->
                spreads.put(metric, of(all.stream().mapToDouble(value -> value).toArray())));
        return spreads;
    }

    /** Of one value for each fold. */
    public static Spread of(double... values) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double delta = values[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (values[i] - mean);
        }
        return new Spread(mean, values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, values.length);
    }
}
