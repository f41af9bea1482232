package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.Generated;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionLossTest {
    private static final int ROWS = 200;

    @Test
    void isTheMetricThatIsReported() {
        for (Task task : Task.values()) {
            Target target = Generated.target(task);
            Random random = new Random(task.ordinal());
            double[] truth = random.ints(ROWS, 0, Math.max(2, target.classes().size()))
                    .asDoubleStream()
                    .toArray();
            double[] outputs = outputs(target, random);
            Metrics metrics = Metrics.compute(Predictions.of(target, truth, outputs, Decision.defaults()));
            for (Metric metric : Metric.of(task)) {
                metrics.value(metric).ifPresent(value -> {
                    SelectionLoss loss = new SelectionLoss(metric, target, truth);
                    double given = loss.applyAsDouble(outputs);
                    assertThat(loss.metric(given)).as("%s %s", task, metric).isEqualTo(value, within(1e-12));
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void ofManyRowsARoughAreaIsNearTheExactOne(int rare) {
        Target target = Generated.target(Task.BINARY);
        Random random = new Random(1);
        int rows = 20_000;
        double[] truth = new double[rows];
        double[] outputs = new double[2 * rows];
        for (int row = 0; row < rows; row++) {
            truth[row] = random.nextInt(50) == 0 ? rare : 1 - rare;
            // Most probabilities of the rare class are small and differ little.
            outputs[2 * row + rare] = Math.exp(-6 + (truth[row] == rare ? 1 : 0) + random.nextGaussian());
            outputs[2 * row + 1 - rare] = 1 - outputs[2 * row + rare];
        }
        double exact = new SelectionLoss(Metric.AUC, target, truth).applyAsDouble(outputs);
        double rough = SelectionLoss.fast(Metric.AUC, target, truth).applyAsDouble(outputs);
        assertThat(rough).isNotEqualTo(exact).isEqualTo(exact, within(1e-5));
    }

    @Test
    void oneClassAloneIsNoReasonToChoose() {
        SelectionLoss loss = new SelectionLoss(Metric.AUC, Generated.target(Task.BINARY), new double[] {1, 1});
        assertThat(loss.applyAsDouble(new double[] {0.2, 0.8, 0.4, 0.6})).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** Probabilities rounded so that many are equal. */
    private static double[] outputs(Target target, Random random) {
        int width = target.outputs();
        double[] outputs = new double[ROWS * width];
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                outputs[row * width + k] = 1 + random.nextInt(5);
                sum += outputs[row * width + k];
            }
            for (int k = 0; k < width && target.task().isClassification(); k++) {
                outputs[row * width + k] /= sum;
            }
        }
        return outputs;
    }
}
