package io.mlops.pipeline.evaluation.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.features.SelectionSettings.Criterion;
import io.mlops.pipeline.features.SelectionSettings.Method;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnSelectionTest {
    private static final NoiseTable SMALL = NoiseTable.of(500, 10, 1);

    @Test
    void amongAThousandColumnsOfNoiseInformationFindsNearlyAllTrueOnes() {
        NoiseTable table = NoiseTable.of(1_000, 1_000, 1);
        Selection selection = select(table, settings(Method.INFORMATION, Criterion.CMIM, 10.0, 20));
        assertThat(trueOnes(selection)).isGreaterThanOrEqualTo(8);
        assertThat(selection.kept()).isEqualTo(10);
    }

    @Test
    void amongAThousandColumnsOfNoiseGainFindsTheTrueOnesAndHardlyAnyOther() {
        NoiseTable table = NoiseTable.of(1_000, 1_000, 1);
        Selection selection = select(table, settings(Method.GAIN, Criterion.MRMR, null, 8));
        assertThat(trueOnes(selection)).isGreaterThanOrEqualTo(8);
        assertThat(selection.kept() - trueOnes(selection)).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"GAIN", "SHADOW", "PERMUTATION"})
    void keepsWhatTheTargetDependsOn(Method method) {
        Selection selection = select(SMALL, settings(method, Criterion.MRMR, null, 20));
        assertThat(trueOnes(selection)).isGreaterThanOrEqualTo(5);
        assertThat(selection.kept() - trueOnes(selection)).isLessThanOrEqualTo(method == Method.GAIN ? 4 : 1);
        assertThat(selection.columns())
                .allSatisfy(choice -> assertThat(choice.reason()).contains("of 20 rounds"));
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void everyCriterionKeepsSoManyAndNoneTwice(Criterion criterion) {
        Selection selection = select(SMALL, settings(Method.INFORMATION, criterion, 0.4, 20));
        assertThat(selection.kept()).isEqualTo(8);
        assertThat(trueOnes(selection)).isGreaterThanOrEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"INFORMATION", "GAIN", "SHADOW", "PERMUTATION", "DRIFT"})
    void isTheSameOnAnyNumberOfThreads(Method method) {
        SelectionSettings settings = settings(method, Criterion.JMI, null, 4);
        RowKeys keys = timed(SMALL.keys());
        assertThat(ColumnSelection.of(settings, SMALL.rows(), keys, 3, 1))
                .isEqualTo(ColumnSelection.of(settings, SMALL.rows(), keys, 3, 4));
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"INFORMATION", "GAIN", "SHADOW", "PERMUTATION", "DRIFT"})
    void decidesNothingByHalfAndEndsInTime(Method method) {
        NoiseTable table = method == Method.INFORMATION ? NoiseTable.of(500, 3_000, 1) : SMALL;
        SelectionSettings settings = settings(method, Criterion.MRMR, null, 1_000);
        long start = System.nanoTime();
        Deadline deadline = Deadline.after(Duration.ofMillis(method == Method.DRIFT ? 1 : 300));
        assertThat(ColumnSelection.within(settings, table.rows(), timed(table.keys()), new FitContext(1, 2, deadline)))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aCopyOfAColumnIsNoNews() {
        TrainingSet rows = SMALL.rows();
        int last = rows.features().columns() - 1;
        float[] values = rows.features().values().clone();
        for (int row = 0; row < rows.rows(); row++) {
            values[row * (last + 1) + last] = rows.features().get(row, 0);
        }
        NoiseTable copied = new NoiseTable(SMALL.with(values), SMALL.keys());
        Selection selection = select(copied, settings(Method.INFORMATION, Criterion.MRMR, 9.0, 20));
        assertThat(selection.columns().get(0).kept())
                .isNotEqualTo(selection.columns().get(last).kept());
    }

    @Test
    void noiseAloneLeavesTheBestColumnAndSaysSo() {
        SplittableRandom random = new SplittableRandom(5);
        double[] coins = random.doubles(500).map(Math::rint).toArray();
        TrainingSet rows = new TrainingSet(
                SMALL.rows().features(), new Target("y", Task.BINARY, List.of("no", "yes")), coins, null);
        RowKeys keys = new RowKeys(SMALL.keys().numbers(), SMALL.keys().hashes(), coins, null, null);
        Selection selection = ColumnSelection.of(settings(Method.SHADOW, Criterion.MRMR, null, 20), rows, keys, 1, 2);
        assertThat(selection.kept()).isEqualTo(1);
        assertThat(selection.notes())
                .singleElement()
                .asString()
                .startsWith("no column is worth keeping, so the best of them stays: '");
    }

    @Test
    void driftDropsTheColumnThatGrowsWithTimeAndNoOther() {
        TrainingSet rows = SMALL.rows();
        int width = rows.features().columns();
        float[] values = rows.features().values().clone();
        for (int row = 0; row < rows.rows(); row++) {
            values[row * width + 3] += row / 50f;
        }
        Selection selection = ColumnSelection.of(
                settings(Method.DRIFT, Criterion.MRMR, null, 20), SMALL.with(values), timed(SMALL.keys()), 1, 2);
        assertThat(selection.dropped()).containsOnlyKeys("true3");
        assertThat(selection.dropped().get("true3")).contains("it told the newest rows from the oldest the best");
    }

    @Test
    void driftLeavesAsManyColumnsAsWished() {
        float[] values = SMALL.rows().features().values().clone();
        int width = SMALL.rows().features().columns();
        for (int i = 0; i < values.length; i++) {
            values[i] += i / width / 50f;
        }
        SelectionSettings settings = settings(Method.DRIFT, Criterion.MRMR, 17.0, 20);
        assertThat(ColumnSelection.of(settings, SMALL.with(values), timed(SMALL.keys()), 1, 2)
                        .kept())
                .isEqualTo(17);
    }

    private static RowKeys timed(RowKeys keys) {
        long[] times = LongStream.range(0, keys.rows()).toArray();
        return new RowKeys(keys.numbers(), keys.hashes(), keys.values(), times, null);
    }

    private static Selection select(NoiseTable table, SelectionSettings settings) {
        return ColumnSelection.of(settings, table.rows(), table.keys(), 7, 2);
    }

    private static int trueOnes(Selection selection) {
        return (int) selection.columns().stream()
                .filter(choice -> choice.kept() && !choice.column().startsWith(NoiseTable.NOISE))
                .count();
    }

    private static SelectionSettings settings(Method method, Criterion criterion, @Nullable Double keep, int rounds) {
        SelectionSettings defaults = SelectionSettings.defaults();
        return new SelectionSettings(
                method, criterion, keep, rounds, defaults.level(), defaults.stability(), defaults.maxAuc());
    }
}
