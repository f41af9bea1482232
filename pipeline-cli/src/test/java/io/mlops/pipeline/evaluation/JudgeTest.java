package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.evaluation.Comparison.Difference;
import io.mlops.pipeline.evaluation.EvaluationSettings.Gates;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Map<String, Estimate> METRICS =
            Map.of("auc", Estimate.of(0.8123), "calibration_error", Estimate.of(0.05));

    @Test
    void takesTheFirstModelThatMeetsTheConditions() {
        Verdict verdict = judge(gates(Map.of("auc", 0.8), Map.of("calibration_error", 0.1), 0), null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.FIRST);
        assertThat(verdict.gates()).hasSize(2).allMatch(Verdict.Gate::passed);
    }

    @Test
    void rejectsEvenTheFirstModelThatMissesACondition() {
        Verdict verdict = judge(gates(Map.of("auc", 0.85), Map.of("log_loss", 0.5), 0), null);
        assertThat(verdict.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(verdict.reason())
                .isEqualTo("auc at least 0.85 is asked for, but auc is 0.8123; "
                        + "log_loss at most 0.5 is asked for, but log_loss has no value");
        assertThat(verdict.outcome().wins()).isFalse();
    }

    @Test
    void saysInWordsWhyAModelIsBetter() {
        Verdict verdict = judge(Gates.defaults(), new Difference(0.7984, 0.8123, 0.0139, 0.003, 0.0254, 0.994, 0.006));
        assertThat(verdict.outcome()).isEqualTo(Outcome.BETTER);
        assertThat(verdict.reason())
                .isEqualTo("AUC 0.8123 against the champion's 0.7984: +0.014 (95 % interval +0.003 to +0.025), "
                        + "better in 99.4 % of the resamples");
    }

    @Test
    void wantsToBeSure() {
        Verdict verdict = judge(Gates.defaults(), new Difference(0.81, 0.8123, 0.0023, -0.003, 0.008, 0.81, 0.19));
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_BETTER);
        assertThat(verdict.reason()).endsWith("better in 81 % of the resamples where 97.5 % are asked for");
    }

    @Test
    void wantsTheImprovementThatIsAskedFor() {
        Verdict verdict = judge(
                gates(Map.of(), Map.of(), 0.02), new Difference(0.7984, 0.8123, 0.0139, 0.003, 0.025, 0.1, 0.006));
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_BETTER);
        assertThat(verdict.reason()).contains("better by more than 0.02 in 10 % of the resamples");
    }

    @Test
    void tellsWorseFromNotBetter() {
        Verdict verdict = judge(Gates.defaults(), new Difference(0.85, 0.8123, -0.0377, -0.05, -0.02, 0, 1));
        assertThat(verdict.outcome()).isEqualTo(Outcome.WORSE);
        assertThat(verdict.reason()).endsWith("-0.038 (95 % interval -0.05 to -0.02), worse in 100 % of the resamples");
    }

    @Test
    void calmlyKeepsTheChampionWhereTheMetricHasNoValue() {
        Verdict verdict = new Judge(Metric.AUC, Gates.defaults(), 1000).judge(Map.of(), new Comparison("3", Map.of()));
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_BETTER);
    }

    private static Gates gates(Map<String, Double> atLeast, Map<String, Double> atMost, double minImprovement) {
        return new Gates(atLeast, atMost, minImprovement, 0.975);
    }

    private static Verdict judge(Gates gates, Difference difference) {
        return new Judge(Metric.AUC, gates, 1000)
                .judge(METRICS, difference == null ? null : new Comparison("3", Map.of("auc", difference)));
    }
}
