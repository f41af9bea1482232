package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.ClassCurves.RocPoint;
import io.mlops.pipeline.evaluation.EvaluationSettings.Gates;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final Evaluator EVALUATOR = new Evaluator(EvaluationSettings.defaults(), 1, 2);

    @Test
    void survivesJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Predictions binary = RandomPredictions.binary(500, 100, 1);
        for (Evaluation evaluation : List.of(
                EVALUATOR.evaluate(binary, List.of(halves(500)), new Champion("3", worse(binary))),
                EVALUATOR.evaluate(RandomPredictions.classes(300, 4, 10, 1), List.of(halves(300)), null),
                EVALUATOR.evaluate(RandomPredictions.numbers(300, 1, 1), List.of(), null))) {
            String text = json.writeValueAsString(evaluation);
            assertThat(json.readValue(text, Evaluation.class)).isEqualTo(evaluation);
            assertThat(text).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Predictions predictions = RandomPredictions.binary(300, 100, 1);
        Champion champion = new Champion("3", worse(predictions));
        assertThat(new Evaluator(EvaluationSettings.defaults(), 1, 3)
                        .evaluate(predictions, List.of(halves(300)), champion))
                .isEqualTo(new Evaluator(EvaluationSettings.defaults(), 1, 1)
                        .evaluate(predictions, List.of(halves(300)), champion));
    }

    @Test
    void seesWhichOfTwoModelsIsBetter() {
        Predictions good = RandomPredictions.binary(2000, 1000, 1);
        Predictions bad = worse(good);
        assertThat(outcome(good, bad)).isEqualTo(Outcome.BETTER);
        assertThat(outcome(bad, good)).isEqualTo(Outcome.WORSE);
        assertThat(outcome(good, good)).isEqualTo(Outcome.NOT_BETTER);
    }

    @Test
    void seldomTakesNoiseForProgress() {
        int better = 0;
        for (int seed = 0; seed < 60; seed++) {
            Predictions truth = RandomPredictions.binary(300, 1000, seed);
            Evaluation evaluation = new Evaluator(
                            new EvaluationSettings(null, 300, List.of(), Gates.defaults()), seed, 2)
                    .evaluate(noisy(truth, 2L * seed), List.of(), new Champion("1", noisy(truth, 2L * seed + 1)));
            better += evaluation.verdict().outcome() == Outcome.BETTER ? 1 : 0;
        }
        assertThat(better).isLessThanOrEqualTo(6);
    }

    @Test
    void drawsCurvesWithFewPointsThatKeepTheirShape() {
        Predictions predictions = RandomPredictions.binary(20_000, 1_000_000, 1);
        Evaluation evaluation = new Evaluator(new EvaluationSettings(null, 0, List.of(), Gates.defaults()), 1, 1)
                .evaluate(predictions, List.of(), null);
        ClassCurves curves = evaluation.curves().get(0);
        assertThat(curves.label()).isEqualTo("yes");
        assertThat(curves.roc()).hasSizeBetween(150, Evaluation.POINTS);
        assertThat(curves.precisionRecall()).hasSizeBetween(90, Evaluation.POINTS);
        assertThat(evaluation.thresholds()).hasSizeBetween(90, Evaluation.POINTS);
        assertThat(curves.calibration()).hasSize(10);
        double area = 0;
        RocPoint before = curves.roc().get(0);
        for (RocPoint point : curves.roc()) {
            area += (point.falsePositiveRate() - before.falsePositiveRate())
                    * (point.truePositiveRate() + before.truePositiveRate())
                    / 2;
            before = point;
        }
        assertThat(area).isCloseTo(evaluation.values().get("auc"), within(0.001));
        assertThat(evaluation.metrics().get("auc").lower()).isNull();
    }

    @Test
    void countsDecisionsAndGains() {
        Predictions predictions = RandomPredictions.binary(1000, 5, 1);
        Evaluation evaluation = EVALUATOR.evaluate(predictions, List.of(), null);
        ConfusionMatrix confusion = evaluation.confusion();
        assertThat(confusion.counts().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1000);
        double hits =
                confusion.counts().get(0).get(0) + confusion.counts().get(1).get(1);
        assertThat(hits / 1000).isCloseTo(evaluation.values().get("accuracy"), within(1e-12));
        assertThat(evaluation.gains()).hasSize(10);
        assertThat(evaluation.gains().get(9).found()).isCloseTo(1, within(1e-12));
        assertThat(evaluation.gains().get(9).lift()).isCloseTo(1, within(1e-12));
        assertThat(evaluation.thresholds()).hasSize(6);
        assertThat(evaluation.thresholds().get(0).recall()).isEqualTo(1.0);
    }

    @Test
    void boundsWhatManyClassesTake() {
        Evaluation evaluation = new Evaluator(new EvaluationSettings(null, 0, List.of(), Gates.defaults()), 1, 1)
                .evaluate(RandomPredictions.classes(2000, 60, 10, 1), List.of(), null);
        assertThat(evaluation.curves()).hasSize(10);
        assertThat(evaluation.confusion().labels()).hasSize(30).endsWith("(other)");
    }

    @Test
    void measuresEachSlice() {
        Predictions predictions = RandomPredictions.binary(400, 100, 1);
        List<Slice> slices =
                EVALUATOR.evaluate(predictions, List.of(halves(400)), null).slices();
        assertThat(slices).extracting(Slice::value).containsExactly("most", "few");
        assertThat(slices.get(0).rows()).isEqualTo(390);
        assertThat(slices.get(0).warning()).isNull();
        assertThat(slices.get(0).metrics().get("auc").lower()).isNotNull();
        assertThat(slices.get(0).metrics().get("accuracy").lower()).isNull();
        assertThat(slices.get(1).warning()).isEqualTo("only 10 rows");
    }

    @Test
    void refusesAMetricThatTheTaskDoesNotHave() {
        EvaluationSettings settings = new EvaluationSettings(
                Metric.RMSE, 10, List.of(), new Gates(Map.of("r2", 0.5, "auc", 0.5), Map.of(), 0, 0.975));
        assertThatThrownBy(() ->
                        new Evaluator(settings, 1, 1).evaluate(RandomPredictions.binary(50, 10, 1), List.of(), null))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("evaluate.metric (rmse), evaluate.gates.at_least.r2 (r2)")
                .hasMessageContaining("binary")
                .hasMessageContaining("average_precision");
    }

    @Test
    void bringsAnotherModelsClassesInOrder() {
        assertThat(Predictions.align(new double[] {0.1, 0.9, 0.6, 0.4}, List.of("b", "a"), List.of("a", "b", "c")))
                .containsExactly(0.9, 0.1, 0, 0.4, 0.6, 0);
    }

    private static Outcome outcome(Predictions challenger, Predictions champion) {
        return EVALUATOR
                .evaluate(challenger, List.of(), new Champion("1", champion))
                .verdict()
                .outcome();
    }

    private static SliceColumn halves(int rows) {
        int[] codes = new int[rows];
        java.util.Arrays.fill(codes, rows - 10, rows, 1);
        return new SliceColumn("part", codes, List.of("most", "few", "none"));
    }

    private static Predictions worse(Predictions predictions) {
        double[] outputs = predictions.outputs().clone();
        for (int i = 0; i < outputs.length; i += 16) {
            double swapped = outputs[i];
            outputs[i] = outputs[i + 1];
            outputs[i + 1] = swapped;
        }
        return Predictions.of(predictions.target(), predictions.truth(), outputs, predictions.decision());
    }

    private static Predictions noisy(Predictions predictions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] outputs = predictions.outputs().clone();
        for (int row = 0; row < predictions.rows(); row++) {
            outputs[2 * row + 1] = 0.5 * outputs[2 * row + 1] + 0.5 * random.nextDouble();
            outputs[2 * row] = 1 - outputs[2 * row + 1];
        }
        return Predictions.of(predictions.target(), predictions.truth(), outputs, predictions.decision());
    }
}
