package io.mlops.pipeline.evaluation.conformal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConformalFitTest {
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target KINDS = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));

    @Test
    void intervalsHoldTheTruthAsOftenAsTheyPromiseOverManySamples() {
        int samples = 400;
        for (double level : new double[] {0.5, 0.9}) {
            double sum = 0;
            for (int seed = 0; seed < samples; seed++) {
                Random random = new Random(seed);
                Sample held = Sample.of(200, random, predicted -> 1);
                Region region = fit(NUMBER, held).at(level);
                sum += covered(region, Sample.of(200, random, predicted -> 1));
            }
            // Of n rows at least the level, at most 2 / (n + 1) more; each sample adds its own chance and that of its
            // test.
            double chance = 4 * Math.sqrt(2 * level * (1 - level) / 200 / samples);
            assertThat(sum / samples).isBetween(level - chance, level + 2.0 / 201 + chance);
        }
    }

    @Test
    void intervalsWidenWhereTheNoiseDoes() {
        DoubleUnaryOperator noise = predicted -> predicted < 0 ? 0.2 : 2;
        Sample held = Sample.of(4_000, new Random(1), noise);
        Region.Interval region = (Region.Interval) fit(NUMBER, held).at(0.9);
        Sample fresh = Sample.of(20_000, new Random(2), noise);

        assertThat(width(region, 1) / width(region, -1)).isBetween(8.0, 12.0);
        for (boolean low : new boolean[] {true, false}) {
            Sample part = fresh.where(predicted -> (predicted < 0) == low);
            // Each range rests on about 400 rows.
            assertThat(covered(region, part)).isBetween(0.87, 0.93);
        }
    }

    @Test
    void oneWidthForAllWouldMissWhatRangesKeep() {
        DoubleUnaryOperator noise = predicted -> predicted < 0 ? 0.2 : 2;
        Sample held = Sample.of(ConformalFit.FEWEST_FOR_RANGES - 1, new Random(1), noise);
        Region region = fit(NUMBER, held).at(0.9);
        Sample fresh = Sample.of(20_000, new Random(2), noise);

        assertThat(covered(region, fresh)).isBetween(0.87, 0.93);
        assertThat(covered(region, fresh.where(predicted -> predicted < 0))).isGreaterThan(0.99);
        assertThat(covered(region, fresh.where(predicted -> predicted >= 0))).isLessThan(0.85);
    }

    @Test
    void followsErrorsThatAreNotSymmetric() {
        Random random = new Random(3);
        double[] outputs = new double[2_000];
        double[] truth = random.doubles(2_000).map(u -> -Math.log(1 - u)).toArray();
        Region.Interval region =
                (Region.Interval) ConformalFit.fit(NUMBER, truth, outputs, "").at(0.9);
        assertThat(region.lower(0)).isBetween(0.02, 0.09);
        assertThat(region.upper(0)).isBetween(2.7, 3.4);
    }

    @Test
    void setsHoldRareClassesAsOftenAsFrequentOnes() {
        Region region = fit(BINARY, rare(20_000, 1)).at(0.95);
        Sample fresh = rare(40_000, 2);
        for (int index = 0; index < 2; index++) {
            int wanted = index;
            Sample part = fresh.whereTruth(truth -> truth == wanted);
            assertThat(covered(region, part)).as("class " + index).isBetween(0.935, 0.965);
        }
    }

    @Test
    void setsOfAllClassesTogetherHoldTheTruthWhereOneClassHasFewRows() {
        Conformal conformal = fit(BINARY, rare(600, 3));
        assertThat(((Conformal.Sets) conformal).improbable()).hasSize(1);
        assertThat(covered(conformal.at(0.95), rare(20_000, 4))).isBetween(0.92, 0.98);
    }

    @Test
    void aClassThatWasNeverHeldOutIsInASetWhereItIsProbable() {
        Random random = new Random(5);
        double[] outputs = new double[3 * 400];
        double[] truth = new double[400];
        for (int row = 0; row < truth.length; row++) {
            double first = random.nextDouble();
            truth[row] = random.nextDouble() < first ? 0 : 1;
            outputs[3 * row] = first;
            outputs[3 * row + 1] = 1 - first;
        }
        Region.ClassSet region =
                (Region.ClassSet) ConformalFit.fit(KINDS, truth, outputs, "").at(0.9);
        assertThat(region.classes(new double[] {0.05, 0.05, 0.9}, 0)).containsExactly(false, false, true);
        assertThat(region.classes(new double[] {0.5, 0.5, 0}, 0)).containsExactly(true, true, false);
    }

    @Test
    void noSetIsEmpty() {
        double[] outputs = new double[2 * 100];
        Arrays.fill(outputs, 1);
        Region.ClassSet sure = (Region.ClassSet)
                ConformalFit.fit(BINARY, new double[100], outputs, "").at(0.5);
        assertThat(sure.classes(new double[] {0.4, 0.6}, 0)).containsExactly(false, true);
        assertThat(sure.size(new double[] {0.4, 0.6}, 0)).isEqualTo(1);
    }

    @Test
    void aTargetThatIsAlwaysTheSameHasIntervalsOfNoWidth() {
        double[] same = new double[3_000];
        Arrays.fill(same, 7);
        Conformal conformal = ConformalFit.fit(NUMBER, same, same, "");
        assertThat(((Conformal.Intervals) conformal).edges()).isEmpty();
        Region region = conformal.at(0.99);
        assertThat(region.size(new double[] {7}, 0)).isZero();
        assertThat(region.covers(new double[] {7}, 0, 7)).isTrue();
    }

    @Test
    void equalPredictionsStayInOneRange() {
        Random random = new Random(6);
        double[] outputs = random.ints(3_000, 0, 3).mapToDouble(i -> i).toArray();
        double[] truth = new double[3_000];
        Conformal.Intervals conformal = (Conformal.Intervals) ConformalFit.fit(NUMBER, truth, outputs, "");
        assertThat(conformal.edges()).containsExactly(0.5, 1.5);
    }

    @Test
    void fewRowsAndErrorsBeyondAnyNumberGiveNoneAndSayWhy() {
        assertThat(ConformalFit.fit(NUMBER, new double[0], new double[0], "").source())
                .startsWith("no row was held out");
        assertThat(ConformalFit.fit(NUMBER, new double[19], new double[19], "").source())
                .isEqualTo("19 rows were held out in training, and it takes 20");
        double[] truth = new double[50];
        double[] outputs = new double[50];
        truth[3] = 1.7e308;
        outputs[3] = -1.7e308;
        assertThat(ConformalFit.fit(NUMBER, truth, outputs, "")).isInstanceOf(Conformal.None.class);
        assertThat(ConformalFit.fit(NUMBER, truth, outputs, "").source()).startsWith("the errors of 1 of 50 rows");
    }

    private static Conformal fit(Target target, Sample held) {
        return ConformalFit.fit(target, held.truth(), held.outputs(), "some rows");
    }

    private static double width(Region region, double predicted) {
        return region.size(new double[] {predicted}, 0);
    }

    private static double covered(Region region, Sample sample) {
        int width = sample.outputs().length / sample.truth().length;
        int covered = 0;
        for (int row = 0; row < sample.truth().length; row++) {
            covered += region.covers(sample.outputs(), row * width, sample.truth()[row]) ? 1 : 0;
        }
        return (double) covered / sample.truth().length;
    }

    /** True probabilities of a class that one row in ten has. */
    private static Sample rare(int rows, long seed) {
        Random random = new Random(seed);
        double[] outputs = new double[2 * rows];
        double[] truth = new double[rows];
        for (int row = 0; row < rows; row++) {
            outputs[2 * row + 1] = Math.pow(random.nextDouble(), 4) / 2;
            outputs[2 * row] = 1 - outputs[2 * row + 1];
            truth[row] = random.nextDouble() < outputs[2 * row + 1] ? 1 : 0;
        }
        return new Sample(truth, outputs);
    }

    private record Sample(double[] truth, double[] outputs) {
        /** Predictions that are right but for noise, whose size depends on them. */
        static Sample of(int rows, Random random, DoubleUnaryOperator noise) {
            double[] outputs = random.doubles(rows, -1, 1).toArray();
            double[] truth = Arrays.stream(outputs)
                    .map(predicted -> predicted + noise.applyAsDouble(predicted) * random.nextGaussian())
                    .toArray();
            return new Sample(truth, outputs);
        }

        Sample where(DoublePredicate predicted) {
            int[] rows = IntStream.range(0, truth.length)
                    .filter(row -> predicted.test(outputs[row]))
                    .toArray();
            return new Sample(
                    Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray(),
                    Arrays.stream(rows).mapToDouble(row -> outputs[row]).toArray());
        }

        /** Of two classes. */
        Sample whereTruth(DoublePredicate wanted) {
            int[] rows = IntStream.range(0, truth.length)
                    .filter(row -> wanted.test(truth[row]))
                    .toArray();
            return new Sample(
                    Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray(),
                    Arrays.stream(rows)
                            .flatMap(row -> IntStream.of(2 * row, 2 * row + 1))
                            .mapToDouble(i -> outputs[i])
                            .toArray());
        }
    }
}
