package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AutomlTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());
    private static final List<String> QUICK =
            List.of("baseline", "logistic_regression", "linear_regression", "xgboost");

    @TempDir
    Path folder;

    @Test
    void theEnsembleIsAtLeastAsGoodAsEachOfItsModels() {
        TrainingResult result = train(credit(400), BINARY, models(5), true, 2, Progress.NONE);
        Leaderboard board = result.summary().leaderboard();
        assertThat(board).isNotNull();
        assertThat(board.metric()).isEqualTo("auc");
        assertThat(board.entries())
                .hasSize(5)
                .extracting(Leaderboard.Entry::name)
                .contains("baseline", "linear", "xgboost");
        for (Leaderboard.Entry entry : board.entries()) {
            if (entry.score() != null) {
                assertThat(entry.score()).isLessThanOrEqualTo(board.score() + 1e-12);
            }
        }
        assertThat(board.entries().stream()
                        .mapToDouble(Leaderboard.Entry::weight)
                        .sum())
                .isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(result.model()).isInstanceOf(EnsembleModel.class);
        double[] outputs = result.model().predict(result.preprocessor().transform(credit(400)));
        assertThat(outputs).hasSize(800);
    }

    @Test
    void givesTheSameOnAnyNumberOfThreads() {
        TrainingResult one = train(credit(300), BINARY, models(4), true, 1, Progress.NONE);
        TrainingResult three = train(credit(300), BINARY, models(4), true, 3, Progress.NONE);
        assertThat(outputs(three)).isEqualTo(outputs(one));
        assertThat(one.summary().leaderboard().byClock()).isFalse();
        assertThat(three.decision()).isEqualTo(one.decision());
        assertThat(three.preprocessor().toJson()).isEqualTo(one.preprocessor().toJson());
    }

    @Test
    void whatWasKeptOfAKilledSearchIsNotFittedAgain() throws IOException {
        TrainingResult whole = train(credit(300), BINARY, models(4), true, 2, Progress.NONE);
        Path kept = folder.resolve("kept");
        assertThatThrownBy(() -> new Automl(models(4), FeatureSettings.defaults(), TrainSettings.defaults(), 1, 2)
                        .train(credit(300), BINARY, true, kept, new KilledAfter(7)))
                .isInstanceOf(KilledAfter.Killed.class);
        long before = files(kept);
        assertThat(before).isPositive();
        Path damaged = of(kept, "linear").resolve("0-of-5/model/model.json");
        Files.writeString(damaged, "{");
        Path cut = of(kept, "baseline").resolve("1-of-5/outputs.bin");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), Double.BYTES));
        TrainingResult resumed = new Automl(models(4), FeatureSettings.defaults(), TrainSettings.defaults(), 1, 2)
                .train(credit(300), BINARY, true, kept, Progress.NONE);
        assertThat(outputs(resumed)).isEqualTo(outputs(whole));
    }

    private static Path of(Path kept, String candidate) throws IOException {
        try (Stream<Path> folders = Files.list(kept)) {
            return folders.filter(each -> each.getFileName().toString().startsWith(candidate + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsKeptOutlastsTheSearchForTheResultIsNotWrittenYet() throws IOException {
        TrainingResult first = train(credit(300), BINARY, models(3), true, 2, Progress.NONE);
        Map<Path, FileTime> fitted = kept();
        assertThat(fitted).hasSizeGreaterThanOrEqualTo(3 * 5);
        TrainingResult second = train(credit(300), BINARY, models(3), true, 2, Progress.NONE);
        assertThat(kept()).isEqualTo(fitted);
        assertThat(outputs(second)).isEqualTo(outputs(first));
    }

    @Test
    void aRequestToEndLeavesTheBestSoFar() {
        AtomicInteger done = new AtomicInteger();
        Progress ending = new Progress() {
            @Override
            public void begin(String task, long total) {}

            @Override
            public void advance(long more) {
                done.addAndGet((int) more);
            }

            @Override
            public void end() {}

            @Override
            public boolean isEnding() {
                return done.get() >= 10;
            }
        };
        TrainingResult result = train(credit(300), BINARY, models(100), true, 2, ending);
        assertThat(result.summary().notes()).anyMatch(note -> note.contains("a signal ended the search early"));
        assertThat(result.summary().leaderboard().entries())
                .anyMatch(entry -> entry.score() != null)
                .anyMatch(entry -> "no time was left".equals(entry.note()));
    }

    @Test
    void aLimitThatIsTooShortStillGivesAModelAndSaysSo() {
        AutomlSettings second = new AutomlSettings(1, null, List.of(), null, null, null, false);
        TrainingResult result = train(credit(400), BINARY, second, true, 1, Progress.NONE);
        assertThat(outputs(result)).hasSize(800);
        assertThat(result.summary().leaderboard().byClock()).isTrue();
        assertThat(result.summary().leaderboard().entries())
                .anyMatch(entry -> entry.note().contains("left"));
    }

    @Test
    void whatCannotBeKeptIsNoReasonToStop() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        TrainingResult result = new Automl(models(3), FeatureSettings.defaults(), TrainSettings.defaults(), 1, 2)
                .train(credit(200), BINARY, true, file.resolve("below"), Progress.NONE);
        assertThat(result.summary().notes()).anyMatch(note -> note.startsWith("models could not be kept meanwhile"));
        assertThat(outputs(result)).hasSize(800);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNoReasonToStop() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.createSymbolicLink(kept.resolve("progress.json.tmp"), Path.of("/dev/full"));
        TrainingResult result = new Automl(models(2), FeatureSettings.defaults(), TrainSettings.defaults(), 1, 1)
                .train(credit(200), BINARY, true, kept, Progress.NONE);
        assertThat(result.summary().notes()).contains("models could not be kept meanwhile: No space left on device");
        assertThat(outputs(result)).hasSize(800);
    }

    @Test
    void rowsThatMeasureTheResultHaveNoPartInIt() {
        TrainingResult before = train(noise(row -> false), BINARY, models(4), false, 2, Progress.NONE);
        long[] untouched = before.outOfFold().numbers();
        assertThat(untouched).hasSizeBetween(90, 150);
        assertThat(before.summary().notes()).anyMatch(note -> note.startsWith("there are no test rows"));
        Set<Long> outrageous = new HashSet<>();
        for (long number : untouched) {
            outrageous.add(number);
        }
        TableRows changed = noise(row -> outrageous.contains(row + 1L));
        TrainingResult after = train(changed, BINARY, models(4), false, 2, Progress.NONE);
        assertThat(after.outOfFold().numbers()).isEqualTo(untouched);
        assertThat(after.preprocessor().toJson())
                .isEqualTo(before.preprocessor().toJson());
        TableRows others = noise(row -> false);
        assertThat(after.model().predict(after.preprocessor().transform(others)))
                .isEqualTo(before.model().predict(before.preprocessor().transform(others)));
    }

    @Test
    void withoutTestRowsAndValidationAllIsLearnedFromAndNothingClaimed() {
        TrainSettings usual = TrainSettings.defaults();
        TrainSettings unmeasured = new TrainSettings(
                usual.model(),
                usual.params(),
                usual.tuned(),
                CrossValidationSettings.none(),
                usual.imbalance(),
                usual.smote(),
                usual.threshold(),
                usual.costs(),
                usual.calibration(),
                usual.stoppingShare(),
                usual.importanceRows(),
                null,
                null);
        TrainingResult result = new Automl(models(3), FeatureSettings.defaults(), unmeasured, 1, 2)
                .train(credit(200), BINARY, false, folder.resolve("c"), Progress.NONE);
        assertThat(result.outOfFold().isEmpty()).isTrue();
        assertThat(result.summary().scores()).isEmpty();
        assertThat(result.summary().rows()).isEqualTo(200);
    }

    @Test
    void whereRowsHaveATimeTheModelsKnowTheNewestRows() {
        TableRows rows = new Tables(300)
                .number("t", Role.TIME, row -> row)
                .category("c", Role.FEATURE, row -> row < 240 ? "old" + row % 3 : "new" + row % 3)
                .number("y", Role.TARGET, row -> row < 240 ? row % 3 : 100 + row % 3)
                .rows();
        TrainingResult result = train(rows, NUMBER, models(3), true, 2, Progress.NONE);
        double[] outputs = result.model().predict(result.preprocessor().transform(rows));
        assertThat(outputs[299]).isGreaterThan(60);
        assertThat(((EnsembleModel) result.model()).members()).hasSizeLessThan(4);
    }

    @Test
    void aMetricOfTheUsersDecides() {
        AutomlSettings logLoss = new AutomlSettings(60, 3, QUICK, Metric.LOG_LOSS, 3, null, false);
        TrainingResult result = train(credit(200), BINARY, logLoss, true, 2, Progress.NONE);
        assertThat(result.summary().leaderboard().metric()).isEqualTo("log_loss");
        List<Double> scores = result.summary().leaderboard().entries().stream()
                .map(Leaderboard.Entry::score)
                .toList();
        assertThat(scores).isSorted();
    }

    @Test
    void aLimitGivesAModelThatPredictsFaster() {
        AutomlSettings any = new AutomlSettings(60, 5, QUICK, Metric.LOG_LOSS, 5, null, false);
        TrainingResult usual = train(crossed(400), BINARY, any, true, 2, Progress.NONE);
        LatencyCurve curve = usual.summary().leaderboard().latency();
        assertThat(curve).isNotNull();
        assertThat(curve.points()).isNotEmpty();
        double limit = curve.delivered().microseconds() / 3;
        AutomlSettings quick = new AutomlSettings(60, 5, QUICK, Metric.LOG_LOSS, 5, limit, false);
        TrainingResult cut = train(crossed(400), BINARY, quick, true, 2, Progress.NONE);
        LatencyCurve.Point delivered = cut.summary().leaderboard().latency().delivered();
        assertThat(delivered.microseconds()).isLessThanOrEqualTo(limit);
        assertThat(delivered.models()).isLessThan(curve.delivered().models());
        assertThat(cut.summary().notes()).anyMatch(note -> note.startsWith("a row's prediction takes "));
        Latency latency = new Latency(crossed(400), 1);
        double before = latency.of(new Assembled(usual.model(), usual.preprocessor()));
        double after = latency.of(new Assembled(cut.model(), cut.preprocessor()));
        assertThat(after / before).as("%s of %s microseconds", after, before).isLessThan(0.7);
    }

    private double[] outputs(TrainingResult result) {
        return result.model().predict(result.preprocessor().transform(credit(400)));
    }

    private static AutomlSettings models(int count) {
        return new AutomlSettings(60, count, QUICK, null, null, null, false);
    }

    private TrainingResult train(
            TableRows rows, Target target, AutomlSettings settings, boolean testRows, int threads, Progress progress) {
        return new Automl(settings, FeatureSettings.defaults(), TrainSettings.defaults(), 1, threads)
                .train(rows, target, testRows, folder.resolve("checkpoints"), progress);
    }

    private static TableRows credit(int count) {
        return new Tables(count)
                .number("income", Role.FEATURE, row -> Tables.random(1, row))
                .category("job", Role.FEATURE, row -> "job" + row % 4)
                .number("noise", Role.FEATURE, row -> Tables.random(2, row))
                .category(
                        "y",
                        Role.TARGET,
                        row -> Tables.random(1, row) + (row % 4 == 0 ? 1 : 0) + 0.5 * Tables.random(3, row) > 0.4
                                ? "yes"
                                : "no")
                .rows();
    }

    /** No linear model can tell these classes apart. */
    private static TableRows crossed(int count) {
        return new Tables(count)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .number("b", Role.FEATURE, row -> Tables.random(2, row))
                .category("y", Role.TARGET, row -> Tables.random(1, row) * Tables.random(2, row) > 0 ? "yes" : "no")
                .rows();
    }

    private static TableRows noise(IntPredicate outrageous) {
        return new Tables(600)
                .number("a", Role.FEATURE, row -> outrageous.test(row) ? 1e6 : Tables.random(1, row))
                .category("y", Role.TARGET, row -> Tables.random(1, row) + Tables.random(2, row) > 0 ? "yes" : "no")
                .rows();
    }

    private Map<Path, FileTime> kept() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (var paths = Files.walk(folder.resolve("checkpoints"))) {
            for (Path model :
                    paths.filter(path -> path.getParent().endsWith("model")).toList()) {
                times.put(model, Files.getLastModifiedTime(model));
            }
        }
        return times;
    }

    private static long files(Path below) throws IOException {
        try (var paths = Files.walk(below)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    /** Ends the process's work after so many models, as a kill would. */
    private static final class KilledAfter implements Progress {
        private final AtomicInteger left;

        KilledAfter(int models) {
            left = new AtomicInteger(models);
        }

        @Override
        public void begin(String task, long total) {}

        @Override
        public void advance(long done) {
            if (left.decrementAndGet() <= 0) {
                throw new Killed();
            }
        }

        @Override
        public void end() {}

        static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }
}
