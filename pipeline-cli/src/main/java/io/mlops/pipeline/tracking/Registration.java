package io.mlops.pipeline.tracking;

import io.mlops.pipeline.evaluation.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is noted beside a new version.
 *
 * @param runDate the date of the run that made it
 * @param runKey the key of that run in the record; null where it is not known
 * @param by who registers it
 * @param why in words: the verdict's reason, or what the user says
 * @param verdict null where the model was not evaluated
 * @param metrics of the untouched rows, by key
 * @param description for people, in markdown; empty for none
 */
public record Registration(
        String runDate,
        @Nullable String runKey,
        String by,
        String why,
        Verdict.@Nullable Outcome verdict,
        Map<String, Double> metrics,
        String description) {
    public Registration {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
