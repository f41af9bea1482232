package io.mlops.pipeline.model;

import java.util.List;

/**
 * A loss after each round of boosting.
 *
 * @param metric the loss: {@code logloss}
 * @param rows whose loss: {@code train} or {@code validation}
 * @param values the loss after round 1, 2, …
 */
public record LearningCurve(String metric, String rows, List<Double> values) {
    public LearningCurve {
        values = List.copyOf(values);
    }
}
