package io.mlops.pipeline.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.Calibration;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibratorTest {
    @Test
    void correctsAModelThatIsTooSure() {
        HeldOutOutputs rows = binary(3000, logit -> 2.5 * logit);
        CalibrationChoice choice = Calibrator.choose(rows, CalibrationMethod.AUTO);
        assertThat(choice.method()).isEqualTo(CalibrationMethod.PLATT);
        assertThat(((Calibration.Platt) choice.calibration()).slope()).isCloseTo(0.4, within(0.05));
        assertThat(choice.logLossAfter()).isLessThan(choice.logLossBefore());
        assertThat(choice.reason()).contains("platt lowers");
    }

    @Test
    void leavesGoodProbabilitiesAlone() {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(Calibrator.choose(binary(2500 + seed, logit -> logit), CalibrationMethod.AUTO)
                            .method())
                    .isEqualTo(CalibrationMethod.NONE);
        }
    }

    @Test
    void bendsWhatNoLogisticCurveCan() {
        HeldOutOutputs rows = binary(8000, logit -> Math.cbrt(logit) * 3 + (logit > 0 ? 3 : 0));
        CalibrationChoice choice = Calibrator.choose(rows, CalibrationMethod.AUTO);
        assertThat(choice.method()).isEqualTo(CalibrationMethod.ISOTONIC);
        double[] corrected = choice.calibration().apply(rows.outputs(), 2);
        for (double probability : corrected) {
            assertThat(probability).isBetween(1e-4, 1 - 1e-4);
        }
    }

    @Test
    void findsTheTemperatureOfManyClasses() {
        Random random = new Random(3);
        int n = 2000;
        double[] outputs = new double[3 * n];
        double[] truth = new double[n];
        for (int i = 0; i < n; i++) {
            double[] logits = random.doubles(3, -2, 2).toArray();
            double sum = 0;
            double sharp = 0;
            for (int k = 0; k < 3; k++) {
                sum += Math.exp(logits[k]);
                sharp += Math.exp(2 * logits[k]);
            }
            double drawn = random.nextDouble() * sum;
            while (drawn > Math.exp(logits[(int) truth[i]]) && truth[i] < 2) {
                drawn -= Math.exp(logits[(int) truth[i]++]);
            }
            for (int k = 0; k < 3; k++) {
                outputs[3 * i + k] = Math.exp(2 * logits[k]) / sharp;
            }
        }
        CalibrationChoice choice = Calibrator.choose(held(outputs, 3, truth), CalibrationMethod.AUTO);
        assertThat(((Calibration.Temperature) choice.calibration()).temperature())
                .isCloseTo(2, within(0.2));
    }

    @Test
    void refusesACurveForManyClassesAndFitsNothingOnNothing() {
        assertThatThrownBy(() -> Calibrator.choose(
                        held(new double[] {0.2, 0.3, 0.5}, 3, new double[] {1}), CalibrationMethod.PLATT))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("temperature");
        assertThat(Calibrator.choose(held(new double[0], 2, new double[0]), CalibrationMethod.PLATT)
                        .method())
                .isEqualTo(CalibrationMethod.NONE);
    }

    private static HeldOutOutputs binary(int n, DoubleUnaryOperator distortion) {
        Random random = new Random(n);
        double[] outputs = new double[2 * n];
        double[] truth = new double[n];
        for (int i = 0; i < n; i++) {
            double logit = random.nextGaussian() * 1.5;
            truth[i] = random.nextDouble() < Calibration.sigmoid(logit) ? 1 : 0;
            outputs[2 * i + 1] = Calibration.sigmoid(distortion.applyAsDouble(logit));
            outputs[2 * i] = 1 - outputs[2 * i + 1];
        }
        return held(outputs, 2, truth);
    }

    private static HeldOutOutputs held(double[] outputs, int classes, double[] truth) {
        return new HeldOutOutputs(
                outputs,
                classes,
                truth,
                IntStream.range(0, truth.length).toArray(),
                new Random(1)
                        .longs(truth.length)
                        .mapToInt(HeldOutOutputs::partOf)
                        .toArray());
    }
}
