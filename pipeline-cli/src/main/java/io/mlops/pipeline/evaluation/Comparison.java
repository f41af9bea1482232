package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A challenger against the champion on the same rows.
 *
 * @param champion the champion's version
 * @param differences by the metric's key, of each metric that is defined for both
 */
public record Comparison(String champion, Map<String, Difference> differences) {
    public Comparison {
        differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
    }

    /**
     * The difference in one metric.
     *
     * @param difference the challenger's value less the champion's
     * @param lower where the difference's 95 % interval begins; null where there is none
     * @param upper where it ends; null where there is none
     * @param better the share of paired resamples in which the challenger is better, by more than the improvement that
     *     is asked for in the deciding metric
     * @param worse the share of paired resamples in which the challenger is worse
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            double champion,
            double challenger,
            double difference,
            @Nullable Double lower,
            @Nullable Double upper,
            double better,
            double worse) {}
}
