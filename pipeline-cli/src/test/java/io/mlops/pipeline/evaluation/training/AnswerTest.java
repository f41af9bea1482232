package io.mlops.pipeline.evaluation.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.calibration.CalibrationMethod;
import io.mlops.pipeline.evaluation.calibration.HeldOutOutputs;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Region;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());

    @Test
    void aCalibrationChangesNoSetOfAClassByItself() {
        HeldOutOutputs held = tooSure(4_000, 1);
        HeldOutOutputs fresh = tooSure(1_000, 2);
        for (double level : new double[] {0.8, 0.9, 0.95}) {
            boolean[][] raw = sets(held, fresh, CalibrationMethod.NONE, level);
            assertThat(sets(held, fresh, CalibrationMethod.PLATT, level)).isDeepEqualTo(raw);
            assertThat(sets(held, fresh, CalibrationMethod.TEMPERATURE, level)).isDeepEqualTo(raw);
        }
    }

    @Test
    void setsOfACalibrationThatIsFittedOnTheSameRowsHoldFreshOnes() {
        HeldOutOutputs fresh = tooSure(20_000, 3);
        for (CalibrationMethod method : CalibrationMethod.values()) {
            Answer answer = answer(tooSure(4_000, 4), method);
            Region region = answer.conformal().at(0.9);
            double[] outputs = answer.calibration().calibration().apply(fresh.outputs(), 2);
            long held = IntStream.range(0, fresh.size())
                    .filter(row -> region.covers(outputs, 2 * row, fresh.truth()[row]))
                    .count();
            assertThat(held / 20_000.0).as(method.name()).isBetween(0.88, 0.92);
        }
    }

    @Test
    void aRowOfSeveralRepetitionsCountsOnce() {
        HeldOutOutputs twice = new HeldOutOutputs(
                new Random(1).doubles(200).toArray(),
                1,
                new double[200],
                IntStream.range(0, 200).map(i -> i % 100).toArray(),
                new int[200]);
        Answer answer = Answer.of(NUMBER, twice, settings(CalibrationMethod.AUTO, Map.of()), null, "some rows");
        assertThat(((Conformal.Intervals) answer.conformal()).errors().get(0).rows())
                .isEqualTo(100);
        assertThat(answer.conformal().source()).isEqualTo("some rows");
    }

    @Test
    void costsSetTheThresholdOfCalibratedProbabilities() {
        Costs costs = Costs.binary(1, 9);
        Answer answer = Answer.of(
                BINARY,
                tooSure(3_000, 5),
                settings(CalibrationMethod.AUTO, Map.of("yes", Map.of("no", 9.0))),
                costs,
                "some rows");
        assertThat(answer.decision().threshold()).isEqualTo(0.1);
        assertThat(answer.decision().costs()).isEqualTo(costs);
        assertThat(answer.threshold().value()).isLessThan(answer.threshold().valueAtHalf());
    }

    private static boolean[][] sets(HeldOutOutputs held, HeldOutOutputs fresh, CalibrationMethod method, double level) {
        Answer answer = answer(held, method);
        assertThat(answer.calibration().method()).isEqualTo(method);
        Region.ClassSet region = (Region.ClassSet) answer.conformal().at(level);
        double[] outputs = answer.calibration().calibration().apply(fresh.outputs(), 2);
        return IntStream.range(0, fresh.size())
                .mapToObj(row -> region.classes(outputs, 2 * row))
                .toArray(boolean[][]::new);
    }

    private static Answer answer(HeldOutOutputs held, CalibrationMethod method) {
        return Answer.of(BINARY, held, settings(method, Map.of()), null, "some rows");
    }

    /** Probabilities whose log odds are three times what they should be. */
    private static HeldOutOutputs tooSure(int rows, long seed) {
        Random random = new Random(seed);
        double[] outputs = new double[2 * rows];
        double[] truth = new double[rows];
        for (int row = 0; row < rows; row++) {
            double logit = random.nextGaussian() - 0.5;
            truth[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            outputs[2 * row + 1] = 1 / (1 + Math.exp(-3 * logit));
            outputs[2 * row] = 1 - outputs[2 * row + 1];
        }
        return new HeldOutOutputs(
                outputs,
                2,
                truth,
                IntStream.range(0, rows).toArray(),
                IntStream.range(0, rows).map(row -> row % HeldOutOutputs.PARTS).toArray());
    }

    private static TrainSettings settings(CalibrationMethod method, Map<String, Map<String, Double>> costs) {
        return new TrainSettings(
                "xgboost",
                Map.of(),
                Tuned.NONE,
                CrossValidationSettings.defaults(),
                Imbalance.NONE,
                SmoteSettings.defaults(),
                ThresholdSettings.defaults(),
                costs,
                method,
                0.15,
                0,
                null,
                null);
    }
}
