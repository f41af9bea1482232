package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.features.SelectionSettings.Criterion;
import io.mlops.pipeline.features.SelectionSettings.Method;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search that selects columns. */
class SelectionsTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final List<String> VIEWS = List.of("xgboost", "logistic_regression", "neural_network");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"INFORMATION", "PERMUTATION", "SHADOW", "GAIN"})
    void nothingOfAHeldOutRowReachesWhatItsFoldLearnsFrom(Method method) {
        TableRows rows = noisy(200, row -> false);
        List<Fold> folds = folds(rows);
        Set<Integer> held = Arrays.stream(folds.get(1).heldOut()).boxed().collect(Collectors.toSet());
        TableRows others = noisy(200, held::contains);
        FoldData before = data(rows, folds, select(method, 4), Deadline.none());
        FoldData after = data(others, folds, select(method, 4), Deadline.none());
        for (String family : VIEWS) {
            Candidate<?> candidate = candidate(Learners.named(family));
            FoldData.Sets expected = before.of(candidate, 1);
            FoldData.Sets actual = after.of(candidate, 1);
            assertThat(actual.preprocessor().toJson())
                    .isEqualTo(expected.preprocessor().toJson());
            assertThat(actual.training().features().values())
                    .isEqualTo(expected.training().features().values());
        }
        assertThat(selection(after, 1)).isEqualTo(selection(before, 1));
        before.of(candidate(Learners.named("xgboost")), 0);
        after.of(candidate(Learners.named("xgboost")), 0);
        assertThat(selection(after, 0)).as("a fold that learns from them").isNotEqualTo(selection(before, 0));
    }

    @Test
    void noiseStaysNoiseThoughTheBestOfManyColumnsAreChosen() {
        Tables tables = new Tables(300);
        for (int column = 0; column < 400; column++) {
            int seed = 10 + column;
            tables.number("c" + column, Role.FEATURE, row -> Math.signum(Tables.random(seed, row)));
        }
        TableRows rows = tables.category("y", Role.TARGET, row -> Tables.random(1, row) > 0 ? "yes" : "no")
                .rows();
        TrainingResult result = train(rows, select(Method.INFORMATION, 10.0, 20), 4, 2);
        for (Leaderboard.Entry entry : result.summary().leaderboard().entries()) {
            assertThat(entry.score()).as(entry.name()).isBetween(0.38, 0.62);
        }
        SelectionSummary selection = result.summary().selection();
        assertThat(selection.columns()).hasSize(400);
        assertThat(selection.kept()).as("ten in each of five folds").isBetween(11, 50);
        assertThat(result.preprocessor().inputs()).hasSize(selection.kept());
    }

    @Test
    void allViewsOfAFoldLearnFromTheSameColumns() {
        TableRows rows = noisy(200, row -> false);
        FoldData data = data(rows, folds(rows), select(Method.SHADOW, 10), Deadline.none());
        for (int fold = 0; fold < data.folds().size(); fold++) {
            for (String family : VIEWS) {
                assertThat(inputs(data, family, fold))
                        .contains("first", "second")
                        .hasSizeLessThan(8)
                        .isEqualTo(inputs(data, "xgboost", fold));
            }
        }
    }

    @Test
    void whereTheClockEndsASelectionNoOtherBeginsAndAllColumnsStay() {
        TableRows rows = noisy(200, row -> false);
        FoldData data = data(rows, folds(rows), select(Method.SHADOW, 1_000), Deadline.after(Duration.ofMillis(300)));
        assertThat(inputs(data, "xgboost", 0)).hasSize(10);
        long start = System.nanoTime();
        assertThat(inputs(data, "xgboost", 1)).hasSize(10);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(SelectedColumns.note(data)).hasValueSatisfying(note -> assertThat(note)
                .startsWith("there was no time to select columns in 3 of 3 folds")
                .contains("raise automl.time_limit"));
    }

    @Test
    void aSlowSelectionIsNoReasonToTakeLongerThanTheLimit() {
        AutomlSettings seconds = new AutomlSettings(6, null, List.of(), null, null, null, false);
        FeatureSettings slow = select(Method.PERMUTATION, 1_000);
        long start = System.nanoTime();
        TrainingResult result = train(noisy(600, row -> false), slow, seconds, 2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        assertThat(result.summary().notes()).anyMatch(note -> note.startsWith("there was no time to select columns"));
        assertThat(result.summary().selection()).isNull();
        assertThat(result.preprocessor().inputs()).hasSize(10);
    }

    @Test
    void whatItCostsIsMeasuredByOneModelThatIsFittedOnAllColumnsAsWell() {
        TableRows rows = noisy(300, row -> false);
        SelectionSummary poor =
                train(rows, select(Method.INFORMATION, 1.0, 20), 4, 2).summary().selection();
        assertThat(poor.model()).isEqualTo("xgboost");
        assertThat(poor.selected().mean()).isLessThan(poor.all().mean() - 0.05);
        assertThat(poor.inWords()).contains("auc of xgboost 0.", " with all columns");
        Folders.delete(folder.resolve("checkpoints"));
        TrainingResult plain = train(rows, FeatureSettings.defaults(), 4, 2);
        assertThat(plain.summary().leaderboard().entries())
                .filteredOn(entry -> entry.name().equals("xgboost"))
                .singleElement()
                .satisfies(entry -> assertThat(poor.all().mean()).isCloseTo(entry.score(), within(0.02)));
        assertThat(plain.summary().selection()).isNull();
    }

    @Test
    void givesTheSameOnAnyNumberOfThreads() {
        TableRows rows = noisy(200, row -> false);
        TrainingResult one = train(rows, select(Method.GAIN, 6), 4, 1);
        Folders.delete(folder.resolve("checkpoints"));
        TrainingResult three = train(rows, select(Method.GAIN, 6), 4, 3);
        assertThat(three.preprocessor().toJson()).isEqualTo(one.preprocessor().toJson());
        assertThat(outputs(three, rows)).isEqualTo(outputs(one, rows));
        assertThat(three.summary().selection()).isEqualTo(one.summary().selection());
    }

    @Test
    void aSearchThatGoesOnHasTheSameColumns() throws IOException {
        TableRows rows = noisy(200, row -> false);
        TrainingResult whole = train(rows, select(Method.GAIN, 6), 4, 2);
        List<Path> kept = kept();
        assertThat(kept).hasSize(5);
        Files.writeString(kept.get(0), "{");
        Files.delete(kept.get(1));
        TrainingResult again = train(rows, select(Method.GAIN, 6), 5, 2);
        assertThat(kept()).isEqualTo(kept);
        assertThat(again.summary().selection().columns())
                .isEqualTo(whole.summary().selection().columns());
    }

    @Test
    void whereRowsHaveATimeAllRowsDecideForTheModelThatKnowsTheNewest() {
        TableRows rows = new Tables(300)
                .number("t", Role.TIME, row -> row)
                .number("old", Role.FEATURE, row -> Tables.random(1, row))
                .number("noise", Role.FEATURE, row -> Tables.random(2, row))
                .number("trend", Role.FEATURE, row -> row + Tables.random(3, row))
                .category("y", Role.TARGET, row -> Tables.random(1, row) > 0 ? "yes" : "no")
                .rows();
        TrainingResult result = train(rows, select(Method.DRIFT, 20), 3, 2);
        assertThat(result.preprocessor().inputs()).contains("old").doesNotContain("trend");
        assertThat(result.summary().selection().columns())
                .filteredOn(column -> column.name().equals("trend"))
                .singleElement()
                .satisfies(column -> assertThat(column.kept()).isFalse());
        assertThatThrownBy(() -> train(noisy(100, row -> false), select(Method.DRIFT, 20), 3, 2))
                .hasMessageContaining("no column is named in data.time");
    }

    /** Two columns that tell the classes apart, and eight that do not; rows may be made outrageous. */
    private static TableRows noisy(int count, IntPredicate outrageous) {
        Tables tables = new Tables(count);
        tables.number("first", Role.FEATURE, row -> outrageous.test(row) ? 1e9 : Tables.random(5, row));
        tables.number("second", Role.FEATURE, row -> outrageous.test(row) ? 1e9 : Tables.random(6, row));
        for (int noise = 0; noise < 8; noise++) {
            int seed = 20 + noise;
            tables.number(
                    "noise" + noise, Role.FEATURE, row -> Tables.random(seed, row) * (outrageous.test(row) ? -1e6 : 1));
        }
        return tables.category(
                        "y",
                        Role.TARGET,
                        row -> (Tables.random(5, row) + Tables.random(6, row) > 0) != outrageous.test(row)
                                ? "yes"
                                : "no")
                .rows();
    }

    private static FeatureSettings select(Method method, int rounds) {
        return select(method, null, rounds);
    }

    private static FeatureSettings select(Method method, @Nullable Double keep, int rounds) {
        return FeatureSettings.defaults()
                .withSelect(new SelectionSettings(method, Criterion.MRMR, keep, rounds, 0.05, 0.8, 0.75));
    }

    private static List<Fold> folds(TableRows rows) {
        return Folds.of(new FoldPlan(By.RANDOM, 3, 1, ""), RowKeys.read(rows, BINARY), BINARY, 1);
    }

    private static FoldData data(TableRows rows, List<Fold> folds, FeatureSettings features, Deadline deadline) {
        RowKeys keys = RowKeys.read(rows, BINARY);
        return new FoldData(
                rows,
                keys,
                BINARY,
                folds,
                new Balancer(Imbalance.NONE, SmoteSettings.defaults()),
                1,
                new Selections(features, rows, keys, BINARY, 1, null),
                () -> deadline);
    }

    private static Selection selection(FoldData data, int fold) {
        return data.selections().of(data.folds().get(fold)).orElseThrow().selection();
    }

    private static Set<String> inputs(FoldData data, String family, int fold) {
        return new TreeSet<>(
                data.of(candidate(Learners.named(family)), fold).preprocessor().inputs());
    }

    private static <P extends Record> Candidate<P> candidate(Learner<P> learner) {
        return new Candidate<>(
                learner.name(),
                learner,
                learner.defaults(Task.BINARY),
                FeatureSettings.defaults(),
                Integer.MAX_VALUE,
                1);
    }

    private TrainingResult train(TableRows rows, FeatureSettings features, int models, int threads) {
        List<String> quick = List.of("baseline", "logistic_regression", "xgboost");
        return train(rows, features, new AutomlSettings(60, models, quick, null, null, null, false), threads);
    }

    private TrainingResult train(TableRows rows, FeatureSettings features, AutomlSettings settings, int threads) {
        return new Automl(settings, features, TrainSettings.defaults(), 1, threads)
                .train(rows, BINARY, true, folder.resolve("checkpoints"), Progress.NONE);
    }

    private static double[] outputs(TrainingResult result, TableRows rows) {
        return result.model().predict(result.preprocessor().transform(rows));
    }

    private List<Path> kept() {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints/selections"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
