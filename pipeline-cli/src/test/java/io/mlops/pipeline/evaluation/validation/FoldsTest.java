package io.mlops.pipeline.evaluation.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());

    @Test
    void holdsEveryRowOutOncePerRepetitionWithEvenClasses() {
        RowKeys keys = keys(103, row -> row % 10 == 0 ? 1 : 0);
        FoldPlan plan = FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1);
        List<Fold> folds = Folds.of(plan, keys, BINARY, 1);
        assertThat(folds).hasSize(15);
        for (int repeat = 0; repeat < 3; repeat++) {
            int each = repeat;
            assertThat(folds.stream()
                            .filter(fold -> fold.repeat() == each)
                            .flatMapToInt(fold -> Arrays.stream(fold.heldOut()))
                            .sorted()
                            .toArray())
                    .isEqualTo(IntStream.range(0, 103).toArray());
        }
        for (Fold fold : folds) {
            assertThat(fold.training().length + fold.heldOut().length).isEqualTo(103);
            assertThat(Arrays.stream(fold.heldOut())
                            .filter(row -> keys.values()[row] == 1)
                            .count())
                    .isBetween(2L, 3L);
            assertThat(fold.heldOut().length).isBetween(20, 22);
        }
    }

    @Test
    void doesNotDependOnTheOrderOfRows() {
        RowKeys keys = keys(200, row -> row % 3 == 0 ? 1 : 0);
        int[] order = shuffled(200);
        RowKeys other = keys.select(order);
        FoldPlan plan = FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1);
        assertThat(heldOutNumbers(Folds.of(plan, other, BINARY, 7), other))
                .isEqualTo(heldOutNumbers(Folds.of(plan, keys, BINARY, 7), keys));
        assertThat(heldOutNumbers(Folds.of(plan, keys, BINARY, 8), keys))
                .isNotEqualTo(heldOutNumbers(Folds.of(plan, keys, BINARY, 7), keys));
    }

    @Test
    void keepsEqualRowsTogether() {
        RowKeys keys = new RowKeys(
                LongStream.range(0, 300).toArray(),
                LongStream.range(0, 300).map(row -> row % 40).toArray(),
                IntStream.range(0, 300).mapToDouble(row -> row % 40 % 2).toArray(),
                null,
                null);
        for (Fold fold : Folds.of(FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1), keys, BINARY, 3)) {
            assertThat(Arrays.stream(fold.training()).map(row -> row % 40).distinct())
                    .doesNotContainAnyElementsOf(Arrays.stream(fold.heldOut())
                            .map(row -> row % 40)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void spreadsAContentThatMakesUpAGoodShareOfTheTable() {
        RowKeys keys = new RowKeys(
                LongStream.range(0, 1000).toArray(),
                LongStream.range(0, 1000).map(row -> row < 300 ? 7 : row).toArray(),
                IntStream.range(0, 1000)
                        .mapToDouble(row -> row < 300 ? 0 : row % 2)
                        .toArray(),
                null,
                null);
        for (Fold fold : Folds.of(FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1), keys, BINARY, 3)) {
            assertThat(Arrays.stream(fold.heldOut()).filter(row -> row < 300).count())
                    .isBetween(55L, 65L);
        }
    }

    @Test
    void neverLearnsFromTheFuture() {
        Random random = new Random(5);
        long[] times = random.longs(500, 0, 60).toArray();
        RowKeys keys = new RowKeys(
                LongStream.range(0, 500).toArray(),
                random.longs(500).toArray(),
                random.doubles(500).toArray(),
                times,
                null);
        FoldPlan plan = FoldPlan.of(keys, NUMBER, CrossValidationSettings.defaults(), 1);
        assertThat(plan.by()).isEqualTo(By.TIME);
        assertThat(plan.repeats()).isEqualTo(1);
        List<Fold> folds = Folds.of(plan, keys, NUMBER, 1);
        assertThat(folds).hasSize(5);
        for (Fold fold : folds) {
            long newest = Arrays.stream(fold.training())
                    .mapToLong(row -> times[row])
                    .max()
                    .orElseThrow();
            long oldest = Arrays.stream(fold.heldOut())
                    .mapToLong(row -> times[row])
                    .min()
                    .orElseThrow();
            assertThat(newest).isLessThan(oldest);
        }
        Fold slice = Folds.holdOut(keys, NUMBER, By.TIME, 0.15, 1).orElseThrow();
        assertThat(Arrays.stream(slice.training())
                        .mapToLong(row -> times[row])
                        .max()
                        .orElseThrow())
                .isLessThan(Arrays.stream(slice.heldOut())
                        .mapToLong(row -> times[row])
                        .min()
                        .orElseThrow());
        assertThat(slice.heldOut().length).isBetween(55, 95);
    }

    @Test
    void keepsGroupsOnOneSide() {
        Random random = new Random(6);
        long[] groups = random.longs(400, 0, 23).toArray();
        RowKeys keys = new RowKeys(
                LongStream.range(0, 400).toArray(),
                random.longs(400).toArray(),
                random.doubles(400).toArray(),
                null,
                groups);
        FoldPlan plan = FoldPlan.of(keys, NUMBER, CrossValidationSettings.defaults(), 1);
        assertThat(plan.by()).isEqualTo(By.GROUP);
        for (Fold fold : Folds.of(plan, keys, NUMBER, 1)) {
            assertThat(Arrays.stream(fold.training()).mapToObj(row -> groups[row]))
                    .doesNotContainAnyElementsOf(Arrays.stream(fold.heldOut())
                            .mapToObj(row -> groups[row])
                            .toList());
            assertThat(fold.heldOut().length).isBetween(50, 110);
        }
    }

    @Test
    void shrinksWithSizeAndSaysSo() {
        assertThat(plan(19_999).describe())
                .isEqualTo(
                        "5 folds x 3 repetitions, stratified by the target (19,999 rows, few enough for chance to matter)");
        assertThat(plan(20_000).repeats()).isEqualTo(1);
        assertThat(plan(200_000).describe()).startsWith("one fifth of the training rows held out");
        assertThat(Folds.of(plan(200_000), keys(200_000, row -> row % 2), BINARY, 1))
                .hasSize(1);
    }

    @Test
    void takesFewerFoldsForARareClass() {
        RowKeys keys = keys(100, row -> row < 3 ? 1 : 0);
        FoldPlan plan = FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1);
        assertThat(plan.folds()).isEqualTo(3);
        assertThat(plan.describe()).contains("rarest class");
    }

    @Test
    void validatesNothingWhereToldSoOrImpossible() {
        RowKeys keys = keys(100, row -> row < 1 ? 1 : 0);
        assertThat(FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1)
                        .folds())
                .isZero();
        FoldPlan none = FoldPlan.of(keys, BINARY, CrossValidationSettings.none(), 1);
        assertThat(none.describe()).isEqualTo("no cross-validation: folds is 0");
        assertThat(Folds.of(none, keys, BINARY, 1)).isEmpty();
    }

    @Test
    void saysWhyModelsCannotBeCompared() {
        RowKeys late = byTime(100, row -> row >= 90 ? 1 : 0);
        RowKeys early = byTime(100, row -> row < 10 && row % 2 == 0 ? 1 : 0);
        CrossValidationSettings settings = new CrossValidationSettings(5, 1, By.TIME);
        FoldPlan plan = FoldPlan.of(late, BINARY, settings, 1);
        assertThatThrownBy(() -> Folds.toCompare(plan, late, BINARY, 1, "this compares"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("this compares, and these leave none of more than one class to learn from");
        assertThatThrownBy(() -> Folds.toCompare(plan, early, BINARY, 1, "this compares"))
                .hasMessageContaining("this compares, and there are none of more than one class");
        assertThat(Folds.toCompare(plan, byTime(100, row -> row % 2), BINARY, 1, "this compares"))
                .hasSize(5);
    }

    @Test
    void asksForTheColumnThatASettingNeeds() {
        RowKeys keys = keys(100, row -> row % 2);
        assertThatThrownBy(() -> Folds.of(new FoldPlan(By.TIME, 5, 1, ""), keys, BINARY, 1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("data.time");
    }

    @Test
    void wideRowsAreValidatedAsOftenAsMoreRowsWouldBe() {
        RowKeys keys = keys(1_000, row -> row % 2);
        FoldPlan wide = FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1_000);
        assertThat(wide.repeats()).isEqualTo(1);
        assertThat(wide.describe()).contains("1,000 rows of 1,000 columns");
        assertThat(FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 50))
                .isEqualTo(plan(1_000));
    }

    private static FoldPlan plan(int rows) {
        return FoldPlan.of(keys(rows, row -> row % 2), BINARY, CrossValidationSettings.defaults(), 1);
    }

    /** Rows one after the other in time. */
    private static RowKeys byTime(int rows, java.util.function.IntUnaryOperator label) {
        RowKeys keys = keys(rows, label);
        return new RowKeys(keys.numbers(), keys.hashes(), keys.values(), keys.numbers(), null);
    }

    private static RowKeys keys(int rows, java.util.function.IntUnaryOperator label) {
        return new RowKeys(
                LongStream.range(0, rows).toArray(),
                new Random(rows).longs(rows).toArray(),
                IntStream.range(0, rows).map(label).asDoubleStream().toArray(),
                null,
                null);
    }

    private static int[] shuffled(int rows) {
        List<Integer> order =
                new java.util.ArrayList<>(IntStream.range(0, rows).boxed().toList());
        java.util.Collections.shuffle(order, new Random(1));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static TreeMap<String, List<Long>> heldOutNumbers(List<Fold> folds, RowKeys keys) {
        TreeMap<String, List<Long>> numbers = new TreeMap<>();
        folds.forEach(fold -> numbers.put(
                fold.repeat() + "/" + fold.index(),
                Arrays.stream(fold.heldOut())
                        .mapToObj(row -> keys.numbers()[row])
                        .sorted()
                        .toList()));
        return numbers;
    }
}
