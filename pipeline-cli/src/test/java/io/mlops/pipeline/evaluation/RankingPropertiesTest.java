package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.evaluation.LabelEvaluationUtil;

/** Holds the sorted computations to simple ones that look at every pair of rows. */
class RankingPropertiesTest {
    @Test
    void areaUnderCurveIsTheShareOfConcordantPairs() {
        for (int seed = 0; seed < 200; seed++) {
            Predictions predictions = RandomPredictions.binary(2 + seed % 60, 1 + seed % 15, seed);
            double auc = Metrics.compute(predictions).value(Metric.AUC).orElse(Double.NaN);
            assertThat(auc).as("seed %d", seed).isCloseTo(pairs(predictions, 1), within(1e-12));
        }
    }

    @Test
    void averagePrecisionIsTheMeanPrecisionAtEachPositiveRow() {
        for (int seed = 0; seed < 200; seed++) {
            Predictions predictions = RandomPredictions.binary(2 + seed % 60, 1 + seed % 15, seed);
            double expected = precisionAtPositives(predictions);
            Metrics metrics = Metrics.compute(predictions);
            if (metrics.undefined().containsKey("average_precision")) {
                assertThat(metrics.undefined()).containsKey("auc");
            } else {
                assertThat(metrics.values().get("average_precision")).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void agreesWithTribuo() {
        for (int seed = 0; seed < 20; seed++) {
            Predictions predictions = RandomPredictions.binary(500, 1_000_000_000, seed);
            boolean[] positive = new boolean[500];
            double[] scores = new double[500];
            for (int row = 0; row < 500; row++) {
                positive[row] = predictions.truth()[row] == 1;
                scores[row] = predictions.output(row, 1);
            }
            Metrics metrics = Metrics.compute(predictions);
            assertThat(metrics.values().get("auc"))
                    .isCloseTo(LabelEvaluationUtil.binaryAUCROC(positive, scores), within(1e-12));
            assertThat(metrics.values().get("average_precision"))
                    .isCloseTo(LabelEvaluationUtil.averagedPrecision(positive, scores), within(1e-12));
        }
    }

    @Test
    void areaOfManyClassesIsTheMeanOverTheClasses() {
        for (int seed = 0; seed < 50; seed++) {
            Predictions predictions = RandomPredictions.classes(40, 4, 5, seed);
            double sum = 0;
            for (int each = 0; each < 4; each++) {
                sum += pairs(predictions, each);
            }
            assertThat(Metrics.compute(predictions).value(Metric.AUC).orElseThrow())
                    .isCloseTo(sum / 4, within(1e-12));
        }
    }

    @Test
    void aRowThatCountsTwiceIsAsGoodAsTwoRows() {
        SplittableRandom random = new SplittableRandom(3);
        for (Predictions predictions : new Predictions[] {
            RandomPredictions.binary(80, 12, 1),
            RandomPredictions.classes(80, 3, 6, 1),
            RandomPredictions.numbers(80, 1, 1)
        }) {
            byte[] counts = new byte[80];
            int[] drawn = random.ints(80, 0, 80).sorted().toArray();
            float[] weights = new float[80];
            for (int row : drawn) {
                counts[row]++;
                weights[row]++;
            }
            // The bins of calibration are those of all rows, so a sample's own differ.
            double[] counted = without(predictions, Scorer.of(predictions).score(counts));
            assertThat(counted)
                    .containsExactly(
                            without(
                                    predictions,
                                    Scorer.of(predictions.select(drawn)).score(null)),
                            within(1e-9));
            Predictions weighted = new Predictions(
                    predictions.target(),
                    predictions.truth(),
                    predictions.outputs(),
                    predictions.decision(),
                    null,
                    weights);
            assertThat(without(predictions, Scorer.of(weighted).score(null))).containsExactly(counted, within(1e-9));
        }
    }

    @Test
    void binsHoldAboutEquallyManyRowsAndNeverPartEqualScores() {
        for (int seed = 0; seed < 100; seed++) {
            Predictions predictions = RandomPredictions.binary(100 + seed, 1 + seed, seed);
            Ranking ranking = Ranking.of(predictions.outputs(), 1, 2, predictions.rows());
            int[] bins = ranking.bins(10);
            assertThat(bins).hasSizeBetween(1, 10).isSorted().endsWith(predictions.rows());
            assertThat(Arrays.stream(ranking.ends()).boxed())
                    .containsAll(Arrays.stream(bins).boxed().toList());
        }
        double[] distinct = new SplittableRandom(5).doubles(1000).toArray();
        assertThat(Ranking.of(distinct, 0, 1, 1000).bins(10))
                .containsExactly(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000);
    }

    private static double[] without(Predictions predictions, double[] scores) {
        double[] rest = scores.clone();
        int calibration = Metric.of(predictions.target().task()).indexOf(Metric.CALIBRATION_ERROR);
        if (calibration >= 0) {
            rest[calibration] = 0;
        }
        return rest;
    }

    private static double pairs(Predictions predictions, int index) {
        double concordant = 0;
        double pairs = 0;
        for (int positive = 0; positive < predictions.rows(); positive++) {
            for (int negative = 0; negative < predictions.rows(); negative++) {
                if (predictions.truth()[positive] == index && predictions.truth()[negative] != index) {
                    pairs++;
                    concordant +=
                            (Math.signum(predictions.output(positive, index) - predictions.output(negative, index)) + 1)
                                    / 2;
                }
            }
        }
        return concordant / pairs;
    }

    private static double precisionAtPositives(Predictions predictions) {
        double sum = 0;
        int positives = 0;
        for (int row = 0; row < predictions.rows(); row++) {
            if (predictions.truth()[row] == 1) {
                double above = 0;
                double found = 0;
                for (int other = 0; other < predictions.rows(); other++) {
                    if (predictions.output(other, 1) >= predictions.output(row, 1)) {
                        above++;
                        found += predictions.truth()[other];
                    }
                }
                positives++;
                sum += found / above;
            }
        }
        return sum / positives;
    }
}
