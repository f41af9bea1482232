package io.mlops.pipeline.evaluation.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that were compared for an ensemble, the best first; those that were left out come last.
 *
 * @param metric by which they were compared, on rows that none of them learned from: {@code auc}
 * @param score of the ensemble by that metric, on the rows by which it was put together, which flatters it
 * @param without by family, the score of the best ensemble of all other models, on the same rows; empty where not measured
 * @param byClock whether measured times had a say, so that another run may end with another ensemble
 * @param latency null where predictions were not timed
 */
public record Leaderboard(
        String metric,
        double score,
        List<Entry> entries,
        Map<String, Double> without,
        boolean byClock,
        @Nullable LatencyCurve latency) {
    public Leaderboard {
        entries = List.copyOf(entries);
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
    }

    /**
     * One model.
     *
     * @param parameters its hyperparameters
     * @param score null where it was left out
     * @param deviation the standard deviation of the score over the folds
     * @param weight its share in the ensemble, 0 to 1
     * @param fitSeconds how long fitting took, over all folds
     * @param predictMicroseconds how long it takes for a row, all its folds' models together
     * @param note why it was left out, or what a person should know; empty where nothing
     */
    public record Entry(
            String name,
            String family,
            Map<String, Object> parameters,
            @Nullable Double score,
            double deviation,
            double weight,
            double fitSeconds,
            double predictMicroseconds,
            String note) {
        public Entry {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }
}
