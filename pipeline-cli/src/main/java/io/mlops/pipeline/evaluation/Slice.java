package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the rows that share a column's value.
 *
 * @param value the category, or a range of numbers
 * @param rows how many rows there are
 * @param share which share of all rows they are
 * @param metrics by key; the deciding metric with its interval
 * @param undefined why a metric has no value, by key
 * @param warning why these numbers say little; null where they do say something
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slice(
        String column,
        String value,
        long rows,
        double share,
        Map<String, Estimate> metrics,
        Map<String, String> undefined,
        @Nullable String warning) {
    public Slice {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        undefined = Collections.unmodifiableMap(new LinkedHashMap<>(undefined));
    }
}
