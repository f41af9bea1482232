package io.mlops.pipeline.evaluation.threshold;

import org.jspecify.annotations.Nullable;

/**
 * The threshold that was chosen, and why.
 *
 * @param goal what it was chosen for: {@code f1}
 * @param value the goal's value on the rows it was chosen on; the mean cost of a row for {@code cost}; null where nothing
 *     was searched
 * @param valueAtHalf the same at the threshold 0.5
 * @param rows how many rows it was chosen on
 * @param reason for people
 */
public record ThresholdChoice(
        double threshold,
        String goal,
        @Nullable Double value,
        @Nullable Double valueAtHalf,
        int rows,
        String reason) {}
