package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mlops.pipeline.evaluation.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One registered bundle.
 *
 * @param model the model's name
 * @param number 1, 2, …
 * @param digest names the bundle and all its files
 * @param runDate the date of the run that made it
 * @param at when it was registered, ISO 8601 in UTC
 * @param verdict null where it was not evaluated
 * @param metrics of the untouched rows, by key
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelVersion(
        String model,
        int number,
        String digest,
        String runDate,
        String at,
        Verdict.@Nullable Outcome verdict,
        Map<String, Double> metrics) {}
