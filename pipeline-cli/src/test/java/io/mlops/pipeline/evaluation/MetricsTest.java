package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the metrics to examples in scikit-learn's reference, and to values worked out by hand. */
class MetricsTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target THREE = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());

    @Test
    void ranksLikeTheReference() {
        Metrics metrics = binary(new double[] {0, 0, 1, 1}, 0.1, 0.4, 0.35, 0.8);
        assertThat(metrics.values().get("auc")).isEqualTo(0.75);
        assertThat(metrics.values().get("average_precision")).isCloseTo(0.8333333333333333, within(1e-12));
    }

    @Test
    void measuresProbabilitiesLikeTheReference() {
        assertThat(binary(new double[] {1, 0, 0, 1}, 0.9, 0.1, 0.2, 0.65)
                        .values()
                        .get("log_loss"))
                .isCloseTo(0.21616, within(1e-5));
        assertThat(binary(new double[] {0, 1, 1, 0}, 0.1, 0.9, 0.8, 0.3)
                        .values()
                        .get("brier"))
                .isCloseTo(0.0375, within(1e-12));
    }

    @Test
    void measuresDecisionsLikeTheReference() {
        assertThat(binary(new double[] {1, 1, 1, 0}, 1, 0, 1, 1).values().get("mcc"))
                .isCloseTo(-0.3333333, within(1e-6));
        assertThat(binary(new double[] {0, 1, 0, 0, 1, 0}, 0, 1, 0, 0, 0, 1)
                        .values()
                        .get("balanced_accuracy"))
                .isEqualTo(0.625);
        Metrics metrics = binary(new double[] {1, 1, 1, 0, 0}, 0.9, 0.6, 0.2, 0.7, 0.1);
        assertThat(metrics.values().get("precision")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metrics.values().get("recall")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metrics.values().get("f1")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(metrics.values().get("accuracy")).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void measuresNumbersLikeTheReference() {
        Metrics metrics = regression(new double[] {3, -0.5, 2, 7}, 2.5, 0.0, 2, 8);
        assertThat(metrics.values().get("rmse")).isCloseTo(Math.sqrt(0.375), within(1e-12));
        assertThat(metrics.values().get("mae")).isEqualTo(0.5);
        assertThat(metrics.values().get("r2")).isCloseTo(0.9486081370449679, within(1e-12));
        assertThat(metrics.values().get("mape")).isCloseTo(0.3273809523809524, within(1e-12));
    }

    @Test
    void measuresManyClassesLikeTheReference() {
        int[] decided = {0, 2, 1, 0, 0, 1};
        double[] outputs = new double[18];
        for (int row = 0; row < 6; row++) {
            outputs[3 * row + decided[row]] = 1;
        }
        Metrics metrics =
                Metrics.compute(Predictions.of(THREE, new double[] {0, 1, 2, 0, 1, 2}, outputs, Decision.defaults()));
        assertThat(metrics.values().get("f1")).isCloseTo(0.26666666666666666, within(1e-12));
        assertThat(metrics.values().get("f1_weighted")).isCloseTo(0.26666666666666666, within(1e-12));
        assertThat(metrics.values().get("accuracy")).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(metrics.values().get("log_loss")).isCloseTo(-Math.log(1e-15) * 4 / 6, within(1e-9));
        assertThat(metrics.values().get("brier")).isCloseTo(2.0 * 4 / 6, within(1e-12));
        assertThat(metrics.values()).doesNotContainKeys("precision", "recall", "rmse");
    }

    @Test
    void averagesAucOverTheClassesThatOccur() {
        double[] outputs = {0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.5, 0.4, 0.1};
        Metrics metrics = Metrics.compute(Predictions.of(THREE, new double[] {0, 1, 1}, outputs, Decision.defaults()));
        // Class a: 0.6 above 0.2 and 0.5; class b: 0.5 and 0.4 above 0.3; class c does not occur.
        assertThat(metrics.values().get("auc")).isEqualTo(1.0);
    }

    @Test
    void countsTiesHalf() {
        Metrics metrics = binary(new double[] {0, 1, 0, 1}, 0.5, 0.5, 0.5, 0.5);
        assertThat(metrics.values().get("auc")).isEqualTo(0.5);
        assertThat(metrics.values().get("average_precision")).isEqualTo(0.5);
        assertThat(metrics.values().get("calibration_error")).isEqualTo(0.0);
    }

    @Test
    void measuresCalibrationInTenBinsOfEqualSize() {
        double[] truth = new double[20];
        double[] probabilities = new double[20];
        for (int row = 0; row < 20; row++) {
            truth[row] = row % 2;
            probabilities[row] = (1 + row / 2) / 20.0;
        }
        double expected = 0;
        for (int bin = 0; bin < 10; bin++) {
            expected += Math.abs((1 + bin) / 20.0 - 0.5) / 10;
        }
        assertThat(binary(truth, probabilities).values().get("calibration_error"))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void leavesOutWhatIsUndefinedAndSaysWhy() {
        Metrics oneClass = binary(new double[] {0, 0, 0}, 0.1, 0.2, 0.3);
        assertThat(oneClass.values()).containsOnlyKeys("log_loss", "brier", "accuracy", "calibration_error");
        assertThat(oneClass.undefined())
                .containsEntry("auc", "the rows hold one class only")
                .containsEntry("precision", "no row was decided to be positive");
        assertThat(oneClass.value(Metric.AUC)).isEmpty();
        assertThat(regression(new double[] {0, 1, 2}, 1, 1, 1).undefined()).containsOnlyKeys("mape");
        assertThat(regression(new double[] {0.1, 0.1, 0.1}, 0.1, 0.1, 0.2).undefined())
                .containsOnlyKeys("r2");
    }

    @Test
    void clipsTheLossOfACertainMistake() {
        assertThat(binary(new double[] {1, 0}, 0, 0).values().get("log_loss"))
                .isCloseTo(-Math.log(1e-15) / 2, within(1e-9));
    }

    @Test
    void keepsTheOrderOfTheMetrics() {
        assertThat(binary(new double[] {0, 1}, 0.2, 0.8).values().keySet())
                .containsExactly(
                        "auc",
                        "average_precision",
                        "log_loss",
                        "brier",
                        "accuracy",
                        "balanced_accuracy",
                        "f1",
                        "precision",
                        "recall",
                        "mcc",
                        "calibration_error");
    }

    @Test
    void refusesOutputsThatAreNoNumbers() {
        assertThatThrownBy(() -> regression(new double[] {1, 2}, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void countsTheRowsWithinTheirIntervals() {
        double[] truth = {10, 20, 30, 40};
        double[] outputs = {11, 18, 30, 45};
        Predictions predictions = Predictions.of(NUMBER, truth, outputs, Decision.defaults());
        Region region = new Region.Interval(new double[] {20}, new double[] {-1, -2}, new double[] {2, 6});

        assertThat(Metrics.compute(predictions.within(region)).values())
                .containsEntry("coverage", 0.75)
                .containsEntry("interval_width", 5.5);
        assertThat(Metrics.compute(predictions).values()).doesNotContainKeys("coverage", "interval_width");
        assertThat(Metrics.compute(predictions).undefined()).doesNotContainKeys("coverage", "interval_width");
    }

    @Test
    void countsTheClassesOfSetsNoneOfWhichIsEmpty() {
        Target target = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));
        double[] outputs = {0.5, 0.45, 0.05, 0.34, 0.33, 0.33, 0.1, 0.1, 0.8};
        Predictions predictions = Predictions.of(target, new double[] {1, 1, 2}, outputs, Decision.defaults())
                .within(new Region.ClassSet(new double[] {0.6, 0.6, 0.3}));

        assertThat(Metrics.compute(predictions).values())
                .containsEntry("coverage", 2 / 3.0)
                .containsEntry("set_size", 4 / 3.0);
    }

    @Test
    void addsUpWhatDecisionsCost() {
        double[] outputs = {0.7, 0.3, 0.6, 0.4, 0.1, 0.9, 0.9, 0.1};
        Predictions predictions =
                Predictions.of(BINARY, new double[] {0, 1, 0, 1}, outputs, new Decision(0.35, Costs.binary(2, 10)));

        assertThat(Metrics.compute(predictions).values()).containsEntry("cost", (0 + 0 + 2 + 10) / 4.0);
        assertThat(binary(new double[] {0, 1}, 0.2, 0.9).values()).doesNotContainKey("cost");
    }

    private static Metrics binary(double[] truth, double... probabilities) {
        double[] outputs = new double[2 * probabilities.length];
        for (int row = 0; row < probabilities.length; row++) {
            outputs[2 * row] = 1 - probabilities[row];
            outputs[2 * row + 1] = probabilities[row];
        }
        return Metrics.compute(Predictions.of(BINARY, truth, outputs, Decision.defaults()));
    }

    private static Metrics regression(double[] truth, double... outputs) {
        return Metrics.compute(Predictions.of(NUMBER, truth, outputs, Decision.defaults()));
    }
}
