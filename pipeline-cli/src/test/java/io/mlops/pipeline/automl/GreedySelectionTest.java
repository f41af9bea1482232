package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class GreedySelectionTest {
    private static final double[] TRUTH = {1, 2, 3, 4};
    private static final ToDoubleFunction<double[]> SQUARES = outputs -> {
        double sum = 0;
        for (int i = 0; i < TRUTH.length; i++) {
            sum += (outputs[i] - TRUTH[i]) * (outputs[i] - TRUTH[i]);
        }
        return sum;
    };

    @Test
    void modelsWhoseErrorsCancelShareTheWeight() {
        double[] weights = weights(new double[] {2, 3, 4, 5}, new double[] {0, 1, 2, 3}, new double[] {9, 9, 9, 9});
        assertThat(weights).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void aPerfectModelTakesAll() {
        assertThat(weights(new double[] {1, 2, 3, 5}, TRUTH.clone(), new double[] {0, 2, 3, 4}))
                .containsExactly(0, 1, 0);
    }

    @Test
    void ofEqualModelsOneIsTaken() {
        double[] model = {1, 2, 3, 5};
        assertThat(weights(model, model.clone(), model.clone())).containsExactly(1, 0, 0);
    }

    @Test
    void aModelThatTheLimitForbidsIsNotTaken() {
        List<double[]> models = List.of(TRUTH.clone(), new double[] {1, 2, 3, 5}, new double[] {2, 2, 3, 4});
        assertThat(GreedySelection.weights(models, SQUARES, chosen -> chosen[0] == 0))
                .startsWith(0)
                .doesNotContain(1);
        assertThat(GreedySelection.weights(models, SQUARES, chosen -> chosen[0] == 0 && chosen[2] == 0))
                .containsExactly(0, 1, 0);
        assertThat(GreedySelection.weights(models, SQUARES, chosen -> false)).containsOnly(0);
    }

    @Test
    void theWeightsSumToOneAndAreNeverWorseThanTheBestModel() {
        Random random = new Random(1);
        for (int repeat = 0; repeat < 50; repeat++) {
            List<double[]> models = random.ints(1 + random.nextInt(6), 0, 1000)
                    .mapToObj(
                            seed -> new Random(seed).doubles(TRUTH.length, 0, 5).toArray())
                    .toList();
            double[] weights = GreedySelection.weights(models, SQUARES);
            assertThat(Arrays.stream(weights).sum()).isEqualTo(1, within(1e-12));
            double[] mean = new double[TRUTH.length];
            for (int m = 0; m < weights.length; m++) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += weights[m] * models.get(m)[i];
                }
            }
            double best = models.stream().mapToDouble(SQUARES).min().orElseThrow();
            assertThat(SQUARES.applyAsDouble(mean)).isLessThanOrEqualTo(best + 1e-9);
        }
    }

    @Test
    void modelsOfWhichNoLossIsANumberWeighAlike() {
        assertThat(GreedySelection.weights(List.of(TRUTH, TRUTH), outputs -> Double.POSITIVE_INFINITY))
                .containsExactly(0.5, 0.5);
    }

    @Test
    void theBestShareAlike() {
        List<double[]> models = List.of(new double[] {9, 9, 9, 9}, TRUTH, new double[] {1, 2, 3, 5}, new double[4]);
        assertThat(GreedySelection.best(models, SQUARES, 2)).containsExactly(0, 0.5, 0.5, 0);
        assertThat(GreedySelection.best(models, SQUARES, 9)).containsExactly(0.25, 0.25, 0.25, 0.25);
    }

    private static double[] weights(double[]... models) {
        return GreedySelection.weights(List.of(models), SQUARES);
    }
}
