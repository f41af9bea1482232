package io.mlops.pipeline.evaluation.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Cost;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Goal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdSearchTest {
    private final double[] positive = new double[4000];
    private final double[] truth = new double[4000];

    ThresholdSearchTest() {
        Random random = new Random(1);
        for (int i = 0; i < positive.length; i++) {
            positive[i] = Math.pow(random.nextDouble(), 3);
            truth[i] = random.nextDouble() < positive[i] ? 1 : 0;
        }
    }

    @Test
    void findsWhatTryingEveryThresholdFinds() {
        for (Goal goal : new Goal[] {Goal.F1, Goal.BALANCED_ACCURACY, Goal.ACCURACY, Goal.COST}) {
            ThresholdSettings settings = new ThresholdSettings(goal, new Cost(1, 4), 0.5);
            ThresholdChoice choice = ThresholdSearch.choose(positive, truth, positive.length, settings);
            double best = Double.NEGATIVE_INFINITY;
            for (double candidate : positive) {
                best = Math.max(best, value(settings, candidate));
            }
            double sign = goal == Goal.COST ? -1 : 1;
            assertThat(sign * choice.value()).as(goal.name()).isCloseTo(best, within(1e-12));
            assertThat(value(settings, choice.threshold())).isCloseTo(best, within(1e-12));
            assertThat(sign * choice.valueAtHalf()).isCloseTo(value(settings, 0.5), within(1e-12));
        }
    }

    @Test
    void followsCostsOnTrueProbabilities() {
        ThresholdSettings settings = new ThresholdSettings(Goal.COST, new Cost(1, 4), 0.5);
        assertThat(ThresholdSearch.choose(positive, truth, positive.length, settings)
                        .threshold())
                .isCloseTo(0.2, within(0.06));
    }

    @Test
    void searchesNothingOnFewRows() {
        ThresholdChoice choice =
                ThresholdSearch.choose(new double[] {0.2, 0.9}, new double[] {0, 1}, 2, ThresholdSettings.defaults());
        assertThat(choice.threshold()).isEqualTo(0.5);
        assertThat(choice.reason()).contains("too few");
    }

    @Test
    void takesAFixedOneAsItIs() {
        ThresholdSettings settings = new ThresholdSettings(Goal.FIXED, Cost.defaults(), 0.37);
        assertThat(ThresholdSearch.choose(positive, truth, positive.length, settings)
                        .threshold())
                .isEqualTo(0.37);
    }

    private double value(ThresholdSettings settings, double threshold) {
        double tp = 0;
        double fp = 0;
        double fn = 0;
        double tn = 0;
        for (int i = 0; i < positive.length; i++) {
            boolean decided = positive[i] >= threshold;
            tp += decided && truth[i] == 1 ? 1 : 0;
            fp += decided && truth[i] == 0 ? 1 : 0;
            fn += !decided && truth[i] == 1 ? 1 : 0;
            tn += !decided && truth[i] == 0 ? 1 : 0;
        }
        return switch (settings.goal()) {
            case F1 -> 2 * tp / (2 * tp + fp + fn);
            case BALANCED_ACCURACY -> (tp / (tp + fn) + tn / (tn + fp)) / 2;
            case ACCURACY -> (tp + tn) / positive.length;
            case COST ->
                -(settings.cost().falsePositive() * fp + settings.cost().falseNegative() * fn) / positive.length;
            case FIXED -> throw new IllegalArgumentException();
        };
    }
}
