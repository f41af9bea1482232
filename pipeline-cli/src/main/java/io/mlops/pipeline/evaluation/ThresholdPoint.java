package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What deciding from one probability on would give in a binary task.
 *
 * @param precision null where no row would be decided to be positive
 * @param recall null where no row is positive
 * @param f1 null where both are
 * @param decidedPositive the share of rows that would be decided to be positive
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThresholdPoint(
        double threshold,
        @Nullable Double precision,
        @Nullable Double recall,
        @Nullable Double f1,
        double decidedPositive) {}
