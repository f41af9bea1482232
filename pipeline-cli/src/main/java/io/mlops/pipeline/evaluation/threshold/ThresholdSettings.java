package io.mlops.pipeline.evaluation.threshold;

import io.mlops.pipeline.settings.Setting;

/** The {@code train.threshold} part of {@code pipeline.yaml}; read in a binary task without {@code train.costs} only. */
public record ThresholdSettings(
        @Setting("What the decision threshold is chosen for: f1, balanced_accuracy, accuracy, cost, fixed.")
        Goal goal,

        @Setting("What the wrong decisions cost; read where the goal is cost.")
        Cost cost,

        @Setting(value = "The threshold where the goal is fixed.", min = 0, max = 1)
        double value) {
    /** What the threshold is chosen for. */
    public enum Goal {
        F1,
        BALANCED_ACCURACY,
        ACCURACY,
        COST,
        FIXED
    }

    /** What the wrong decisions cost, in any unit; right ones cost nothing. */
    public record Cost(
            @Setting(value = "The cost of deciding positive where the truth is negative.", min = 0)
            double falsePositive,

            @Setting(value = "The cost of deciding negative where the truth is positive.", min = 0)
            double falseNegative) {
        public static Cost defaults() {
            return new Cost(1, 1);
        }
    }

    public static ThresholdSettings defaults() {
        return new ThresholdSettings(Goal.F1, Cost.defaults(), 0.5);
    }
}
