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
        HeldOutOutputs rows = binary(2900, logit -> 2.5 * logit);
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
    void triesTheTemperatureOfTwoClassesOnManyRowsOnly() {
        CalibrationChoice choice = Calibrator.choose(binary(3000, logit -> 2.5 * logit), CalibrationMethod.AUTO);
        assertThat(choice.method()).isEqualTo(CalibrationMethod.TEMPERATURE);
        assertThat(((Calibration.Temperature) choice.calibration()).temperature())
                .isCloseTo(2.5, within(0.3));
        // What is shifted no temperature mends.
        assertThat(Calibrator.choose(binary(4000, logit -> 2.5 * logit + 2), CalibrationMethod.AUTO)
                        .method())
                .isEqualTo(CalibrationMethod.PLATT);
    }

    @Test
    void fitsNothingForManyClassesOnFewRows() {
        double[] outputs = new double[3 * 499];
        for (int i = 0; i < 499; i++) {
            outputs[3 * i] = 1;
        }
        double[] truth = IntStream.range(0, 499).mapToDouble(i -> i % 3).toArray();
        CalibrationChoice choice = Calibrator.choose(held(outputs, 3, truth), CalibrationMethod.AUTO);
        assertThat(choice.method()).isEqualTo(CalibrationMethod.NONE);
        assertThat(choice.reason()).isEqualTo("fewer than 500 held-out rows");
    }

    @Test
    void noRowIsCorrectedByAFitThatSawIt() {
        HeldOutOutputs rows = binary(2000, logit -> 2.5 * logit);
        double[] turned = rows.truth().clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = rows.part()[i] == 3 ? 1 - turned[i] : turned[i];
        }
        HeldOutOutputs other = new HeldOutOutputs(rows.outputs(), 2, turned, rows.row(), rows.part());
        for (CalibrationMethod method : new CalibrationMethod[] {
            CalibrationMethod.PLATT, CalibrationMethod.TEMPERATURE, CalibrationMethod.ISOTONIC
        }) {
            double[] before = Calibrator.crossFitted(rows, method);
            double[] after = Calibrator.crossFitted(other, method);
            for (int i = 0; i < turned.length; i++) {
                if (rows.part()[i] == 3) {
                    assertThat(after[2 * i + 1]).isEqualTo(before[2 * i + 1]);
                }
            }
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void aRowOfSeveralRepetitionsCountsOnceWithItsFirstOutputs() {
        HeldOutOutputs rows = new HeldOutOutputs(
                new double[] {5, 6, 7}, 1, new double[] {1, 2, 1}, new int[] {4, 2, 4}, new int[] {0, 1, 0});
        assertThat(rows.once().outputs()).containsExactly(5, 6);
        assertThat(rows.once().truth()).containsExactly(1, 2);
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
