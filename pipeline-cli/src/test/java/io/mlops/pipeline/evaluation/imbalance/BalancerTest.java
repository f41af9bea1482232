package io.mlops.pipeline.evaluation.imbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final List<Feature> FEATURES = List.of(
            new Feature("x", "x", 0),
            new Feature("colour", "colour", 4),
            new Feature("kind=a", "kind", 0, true),
            new Feature("kind=b", "kind", 0, true),
            new Feature("flag", "flag", 0));

    @Test
    void fillsTheRareClassUpBehindTheGivenRows() {
        TrainingSet given = rows(200, 20);
        for (Imbalance imbalance : List.of(Imbalance.SMOTE, Imbalance.BORDERLINE_SMOTE)) {
            TrainingSet filled = balance(given, imbalance, 1);
            assertThat(filled.rows()).isEqualTo(360);
            assertThat(Arrays.copyOf(filled.features().values(), 200 * FEATURES.size()))
                    .isEqualTo(given.features().values());
            assertThat(Arrays.stream(filled.values()).filter(y -> y == 1).count())
                    .isEqualTo(180);
            assertThat(Arrays.stream(filled.values()).skip(200)).containsOnly(1.0);
        }
    }

    @Test
    void makesUpRowsThatCouldBe() {
        TrainingSet filled = balance(rows(200, 20), Imbalance.SMOTE, 1);
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < 20; row++) {
            if (!Float.isNaN(filled.features().get(row, 0))) {
                least = Math.min(least, filled.features().get(row, 0));
                most = Math.max(most, filled.features().get(row, 0));
            }
        }
        for (int row = 200; row < filled.rows(); row++) {
            FeatureMatrix made = filled.features();
            if (!Float.isNaN(made.get(row, 0))) {
                assertThat(made.get(row, 0)).isBetween(least, most);
            }
            assertThat(made.get(row, 1)).isIn(2f, 3f);
            assertThat(made.get(row, 2) + made.get(row, 3)).isLessThanOrEqualTo(1);
            assertThat(made.get(row, 2)).isIn(0f, 1f);
            assertThat(made.get(row, 4)).isIn(0f, 1f);
        }
    }

    @Test
    void givesTheSameRowsForTheSameSeed() {
        TrainingSet given = rows(150, 12);
        assertThat(balance(given, Imbalance.SMOTE, 5).features().values())
                .isEqualTo(balance(given, Imbalance.SMOTE, 5).features().values())
                .isNotEqualTo(balance(given, Imbalance.SMOTE, 6).features().values());
    }

    @Test
    void answersAClassWithFewerRowsThanNeighbours() {
        assertThat(balance(rows(50, 3), Imbalance.SMOTE, 1).rows()).isEqualTo(94);
        assertThat(balance(rows(50, 1), Imbalance.SMOTE, 1).rows()).isEqualTo(50);
        assertThat(balance(rows(50, 2), Imbalance.BORDERLINE_SMOTE, 1).rows()).isEqualTo(96);
    }

    @Test
    void weighsAllClassesTheSame() {
        TrainingSet weighed = balance(rows(200, 20), Imbalance.CLASS_WEIGHTS, 1);
        double[] counts = ClassWeights.counts(weighed);
        assertThat(counts[0]).isCloseTo(100, org.assertj.core.api.Assertions.within(1e-3));
        assertThat(counts[1]).isCloseTo(100, org.assertj.core.api.Assertions.within(1e-3));
    }

    @Test
    void weighsValidationRowsAsTheTrainingRowsCameToWeigh() {
        TrainingSet training = rows(200, 20);
        TrainingSet validation = rows(40, 10);
        Balancer balancer = new Balancer(Imbalance.SMOTE, SmoteSettings.defaults());
        TrainingSet matched = balancer.match(validation, training, balancer.balance(training, 1));
        assertThat(matched.rows()).isEqualTo(40);
        assertThat(matched.weight(0)).isEqualTo(9);
        assertThat(matched.weight(39)).isEqualTo(1);
    }

    private static TrainingSet balance(TrainingSet rows, Imbalance imbalance, long seed) {
        return new Balancer(imbalance, SmoteSettings.defaults()).balance(rows, seed);
    }

    /** Rare rows first; colours 2 and 3 and indicators are theirs. */
    private static TrainingSet rows(int rows, int rare) {
        Random random = new Random(rows);
        float[] values = new float[rows * FEATURES.size()];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            int at = row * FEATURES.size();
            boolean isRare = row < rare;
            targets[row] = isRare ? 1 : 0;
            values[at] = row % 7 == 3 ? Float.NaN : (float) (random.nextGaussian() + (isRare ? 2 : 0));
            values[at + 1] = random.nextInt(2) + (isRare ? 2 : 0);
            int kind = random.nextInt(3);
            values[at + 2] = kind == 0 ? 1 : 0;
            values[at + 3] = kind == 1 ? 1 : 0;
            values[at + 4] = random.nextInt(2);
        }
        return new TrainingSet(new FeatureMatrix(FEATURES, rows, values), TARGET, targets, null);
    }
}
