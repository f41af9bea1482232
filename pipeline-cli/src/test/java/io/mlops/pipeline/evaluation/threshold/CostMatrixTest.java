package io.mlops.pipeline.evaluation.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Cost;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Goal;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostMatrixTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("good", "bad"));
    private static final Target KINDS = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));

    @Test
    void putsNamedCostsInTheirPlacesAndOneInTheOthers() {
        assertThat(of(KINDS, Map.of("a", Map.of("c", 7.0), "b", Map.of("a", 0.0))))
                .isEqualTo(new Costs(new double[][] {{0, 1, 7}, {0, 0, 1}, {1, 1, 0}}));
        assertThat(of(KINDS, Map.of())).isNull();
    }

    @Test
    void takesTheCostsOfTheThresholdOfTwoClasses() {
        ThresholdSettings settings = new ThresholdSettings(Goal.COST, new Cost(1, 5), 0.5);
        assertThat(CostMatrix.of(Map.of(), settings, BINARY)).isEqualTo(Costs.binary(1, 5));
        assertThat(CostMatrix.of(Map.of(), settings, KINDS)).isNull();
    }

    @Test
    void refusesClassesThatAreNotThereAndCostsOfRightDecisions() {
        refused(
                KINDS,
                Map.of("a", Map.of("d", 1.0)),
                "train.costs.a.d: there is no class 'd'; the classes are a, b, c");
        refused(KINDS, Map.of("d", Map.of("a", 1.0)), "there is no class 'd'");
        refused(KINDS, Map.of("a", Map.of("a", 1.0)), "a right decision costs nothing");
        refused(BINARY, Map.of("good", Map.of("bad", 0.0), "bad", Map.of("good", 0.0)), "all decisions cost nothing");
        refused(new Target("y", Task.REGRESSION, List.of()), Map.of("a", Map.of("b", 1.0)), "is a number");
    }

    @Test
    void noOtherDecisionIsExpectedToCostLess() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            double[] weights = random.doubles(3).toArray();
            double sum = weights[0] + weights[1] + weights[2];
            double[] probabilities = {weights[0] / sum, weights[1] / sum, weights[2] / sum};
            double[] costs = random.doubles(6, 0, 10).toArray();
            Costs matrix = new Costs(
                    new double[][] {{0, costs[0], costs[1]}, {costs[2], 0, costs[3]}, {costs[4], costs[5], 0}});
            int chosen = new Decision(0.5, matrix).decide(probabilities, 0, 3);
            for (int other = 0; other < 3; other++) {
                assertThat(expected(matrix, probabilities, chosen))
                        .isLessThanOrEqualTo(expected(matrix, probabilities, other) + 1e-12);
            }
        }
    }

    @Test
    void theThresholdOfTwoClassesIsWhereBothDecisionsAreExpectedToCostTheSame() {
        for (double[] each : new double[][] {{1, 5}, {3, 0.5}, {0, 2}, {2, 0}}) {
            Costs costs = Costs.binary(each[0], each[1]);
            double[] at = {1 - costs.threshold(), costs.threshold()};
            assertThat(expected(costs, at, 0)).isCloseTo(expected(costs, at, 1), within(1e-12));
        }
    }

    @Test
    void theThresholdOfCostsIsNotSearchedButItsWorthIsTold() {
        double[] positive = {0.1, 0.3, 0.6, 0.3};
        ThresholdChoice choice = ThresholdSearch.ofCosts(positive, new double[] {0, 1, 1, 0}, 4, Costs.binary(1, 4));
        assertThat(choice.threshold()).isEqualTo(0.2);
        assertThat(choice.value()).isEqualTo(1 / 4.0);
        assertThat(choice.valueAtHalf()).isEqualTo(4 / 4.0);
        assertThat(ThresholdSearch.ofCosts(new double[0], new double[0], 0, Costs.binary(1, 4))
                        .value())
                .isNull();
    }

    private static double expected(Costs costs, double[] probabilities, int decided) {
        double sum = 0;
        for (int truth = 0; truth < probabilities.length; truth++) {
            sum += probabilities[truth] * costs.cost(truth, decided);
        }
        return sum;
    }

    private static Costs of(Target target, Map<String, Map<String, Double>> named) {
        return CostMatrix.of(named, ThresholdSettings.defaults(), target);
    }

    private static void refused(Target target, Map<String, Map<String, Double>> named, String words) {
        assertThatThrownBy(() -> of(target, named))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(words);
    }
}
