package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.ScoreQuantiles;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));

    @Test
    void theIntervalOfAShareIsBinomial() {
        assertThat(Coverage.binomial(0.9, 100)).containsExactly(new double[] {0.82563, 0.94477}, within(1e-5));
        assertThat(Coverage.binomial(1, 10)).containsExactly(new double[] {0.72247, 1}, within(1e-5));
    }

    @Test
    void measuresTheLevelsThatTheRowsAllowAndTheOneThatIsSet() {
        double[] truth = IntStream.range(0, 100).mapToDouble(i -> i - 50).toArray();
        Conformal conformal = new Conformal.Intervals(new double[0], List.of(ScoreQuantiles.of(truth)), "some rows");
        Coverage coverage =
                Coverage.of(Predictions.of(NUMBER, truth, new double[100], Decision.defaults()), conformal, 0.85);
        assertThat(coverage.source()).isEqualTo("some rows");
        assertThat(coverage.levels())
                .extracting(Coverage.Level::level)
                .containsExactly(0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95);
        assertThat(coverage.levels()).allSatisfy(each -> {
            // Each side's rank is rounded up: (level + 3) / 100 at most.
            assertThat(each.coverage()).isBetween(each.level(), each.level() + 0.04);
            assertThat(each.size()).isEqualTo(Math.rint(each.coverage() * 100) - 1);
        });
    }

    @Test
    void measuresNothingWhereThereIsNothing() {
        Predictions predictions =
                Predictions.of(BINARY, new double[] {0, 1}, new double[] {0.7, 0.3, 0.2, 0.8}, Decision.defaults());
        Coverage coverage = Coverage.of(predictions, new Conformal.None("no row was held out"), 0.9);
        assertThat(coverage.levels()).isEmpty();
        assertThat(coverage.source()).isEqualTo("no row was held out");
    }

    @Test
    void theChampionsDecisionsAreJudgedByTheSameCosts() {
        double[] truth = {0, 1, 0, 1};
        double[] outputs = {0.8, 0.2, 0.7, 0.3, 0.6, 0.4, 0.1, 0.9};
        Predictions challenger = Predictions.of(BINARY, truth, outputs, new Decision(0.25, Costs.binary(1, 5)));
        Champion champion = new Champion("version 1", Predictions.of(BINARY, truth, outputs, Decision.defaults()));
        Evaluation evaluation =
                new Evaluator(EvaluationSettings.defaults(), 1, 1).evaluate(challenger, List.of(), champion);
        assertThat(evaluation.comparison().differences().get("cost").challenger())
                .isEqualTo(1 / 4.0);
        assertThat(evaluation.comparison().differences().get("cost").champion()).isEqualTo(5 / 4.0);
    }
}
