package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.ensemble.Blend;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackingTest {
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());
    private static final Target KINDS = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));
    private static final int ROWS = 9_999;

    @Test
    void findsTheWeightsOfASum() {
        double[] first = numbers(1, ROWS);
        double[] second = numbers(2, ROWS);
        double[] against = numbers(3, ROWS);
        double[] truth = new double[ROWS];
        Arrays.setAll(truth, row -> 5 + 0.7 * first[row] + 1.2 * second[row] - 0.4 * against[row]);
        Stacking found = Stacking.fit(List.of(first, second, against), truth, NUMBER);
        assertThat(found.weights()[0]).isEqualTo(0.7, within(0.02));
        assertThat(found.weights()[1]).isEqualTo(1.2, within(0.02));
        assertThat(found.weights()[2])
                .as("a model may not count against its word")
                .isZero();
        assertThat(found.blend().intercepts()[0]).isEqualTo(5, within(0.02));
    }

    @Test
    void findsTheWeightsAndInterceptsOfAPool() {
        double[] first = probabilities(1);
        double[] second = probabilities(2);
        Blend pool = new Blend(Blend.Kind.LOG, new double[] {1, 0, -1});
        double[] mixed = pool.begin(first.length);
        pool.add(mixed, first, 0.5);
        pool.add(mixed, second, 1.5);
        pool.finish(mixed);
        SplittableRandom random = new SplittableRandom(7);
        double[] truth = new double[ROWS];
        Arrays.setAll(truth, row -> drawn(mixed, row, random.nextDouble()));
        Stacking found = Stacking.fit(List.of(first, second), truth, KINDS);
        assertThat(found.weights()[0]).isEqualTo(0.5, within(0.05));
        assertThat(found.weights()[1]).isEqualTo(1.5, within(0.05));
        double[] intercepts = found.blend().intercepts();
        assertThat(intercepts[0] - intercepts[1]).isEqualTo(1, within(0.1));
        assertThat(intercepts[1] - intercepts[2]).isEqualTo(1, within(0.1));
    }

    @Test
    void ofEqualModelsEachGetsTheSame() {
        double[] same = probabilities(1);
        SplittableRandom random = new SplittableRandom(7);
        double[] truth = new double[ROWS];
        Arrays.setAll(truth, row -> drawn(same, row, random.nextDouble()));
        Stacking found = Stacking.fit(List.of(same, same), truth, KINDS);
        assertThat(found.weights()[0]).isEqualTo(found.weights()[1], within(1e-3));
        assertThat(found.weights()[0]).isEqualTo(0.5, within(0.05));
    }

    @Test
    void copesWithModelsThatSayNothingOrAreSureOfWhatIsWrong() {
        double[] constant = new double[ROWS];
        Arrays.fill(constant, 3);
        double[] truth = numbers(1, ROWS);
        Stacking flat = Stacking.fit(List.of(constant, constant), truth, NUMBER);
        assertThat(flat.weights()).containsExactly(0.5, 0.5);
        assertThat(flat.blend().intercepts()[0] + 3).isEqualTo(0, within(0.05));

        double[] sure = new double[3 * ROWS];
        double[] kinds = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            sure[3 * row + row % 3] = 1;
            kinds[row] = (row + 1) % 2;
        }
        Stacking wrong = Stacking.fit(List.of(sure, sure), kinds, KINDS);
        assertThat(wrong.weights()).containsOnly(wrong.weights()[0]);
        double[] blended = wrong.blend().begin(3);
        wrong.blend().add(blended, new double[] {1, 0, 0}, 2 * wrong.weights()[0]);
        wrong.blend().finish(blended);
        assertThat(blended[2]).as("a class that no row has").isLessThan(0.01);
        assertThat(blended[0]).isEqualTo(0.5, within(0.02));
    }

    private static double drawn(double[] probabilities, int row, double chance) {
        return chance < probabilities[3 * row]
                ? 0
                : chance < probabilities[3 * row] + probabilities[3 * row + 1] ? 1 : 2;
    }

    private static double[] probabilities(long seed) {
        double[] logits = numbers(seed, 3 * ROWS);
        for (int row = 0; row < ROWS; row++) {
            Blend.softmax(logits, 3 * row, 3 * row + 3);
        }
        return logits;
    }

    private static double[] numbers(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> random.nextGaussian());
        return numbers;
    }
}
