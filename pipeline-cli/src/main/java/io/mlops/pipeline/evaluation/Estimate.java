package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A metric's value with its 95 % interval.
 *
 * @param lower where the interval begins; null where there is none
 * @param upper where the interval ends; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
        double value, @Nullable Double lower, @Nullable Double upper) {
    /** A value without an interval. */
    public static Estimate of(double value) {
        return new Estimate(value, null, null);
    }
}
