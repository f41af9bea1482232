package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.settings.Setting;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every model family keeps to; its test implements this. */
public interface LearnerContract<P extends Record> {
    Learner<P> learner();

    /** Hyperparameters that learn a small table fast. */
    default P quick(Task task) {
        return learner().defaults(task);
    }

    /** Whether the family is able to do better than the base rate. */
    default boolean learns() {
        return true;
    }

    /** Whether every row's weight counts; otherwise weights other than per class are refused. */
    default boolean weighsRows() {
        return true;
    }

    /** Whether a class's weight shifts its probability; not where probabilities are fitted to the unweighted rows. */
    default boolean weightsShiftProbabilities() {
        return true;
    }

    private TrainedModel fit(TrainingSet rows, int threads) {
        return learner().fit(quick(rows.target().task()), rows, null, new FitContext(7, threads));
    }

    private TrainingSet rows(Task task, int rows, long seed) {
        return Generated.rows(task, learner().view(), rows, seed);
    }

    @Test
    default void standsInTheListUnderItsName() {
        assertThat(Learners.named(learner().name())).hasSameClassAs(learner());
    }

    @Test
    default void learnsWhatTheBaselineDoesNot() {
        for (Task task : learner().tasks()) {
            TrainingSet fresh = rows(task, 400, 2);
            TrainedModel model = fit(rows(task, 600, 1), 1);
            double[] base = new Baseline()
                    .fit(new Baseline.Parameters(), rows(task, 600, 1), null, new FitContext(7, 1))
                    .predict(fresh.features());
            double[] outputs = model.predict(fresh.features());
            assertThat(outputs).hasSize(400 * fresh.target().outputs());
            assertThat(model.learner()).isEqualTo(learner().name());
            if (learns()) {
                assertThat(Generated.loss(fresh, outputs)).as("%s", task).isLessThan(0.7 * Generated.loss(fresh, base));
            }
        }
    }

    @Test
    default void givesProbabilitiesThatSumToOne() {
        for (Task task : learner().tasks()) {
            if (task.isClassification()) {
                TrainingSet rows = rows(task, 200, 3);
                double[] outputs = fit(rows, 1).predict(rows.features());
                int classes = rows.target().outputs();
                for (int row = 0; row < rows.rows(); row++) {
                    double[] one = Arrays.copyOfRange(outputs, row * classes, (row + 1) * classes);
                    assertThat(Arrays.stream(one).sum()).isCloseTo(1, within(1e-9));
                    assertThat(Arrays.stream(one).min().orElseThrow()).isNotNegative();
                }
            }
        }
    }

    @Test
    default void givesAModelThoughTheDeadlineHasPassed() {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 200, 3);
            FitContext late = new FitContext(7, 1, Deadline.after(Duration.ZERO));
            double[] outputs = learner().fit(quick(task), rows, rows, late).predict(rows.features());
            assertThat(outputs).hasSize(200 * rows.target().outputs());
            assertThat(Arrays.stream(outputs).allMatch(Double::isFinite)).isTrue();
        }
    }

    @Test
    default void refusesATaskItCannotDo() {
        for (Task task : EnumSet.complementOf(EnumSet.copyOf(learner().tasks()))) {
            TrainingSet rows = rows(task, 50, 1);
            assertThatThrownBy(() -> learner()
                            .fit(
                                    learner()
                                            .defaults(
                                                    learner().tasks().iterator().next()),
                                    rows,
                                    null,
                                    new FitContext(7, 1)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining(learner().name())
                    .hasMessageContaining("use '" + learner().alternative(task) + "' instead");
            assertThat(Learners.named(learner().alternative(task)).tasks()).contains(task);
        }
    }

    @Test
    default void predictsTheSameOnceItIsLoaded(@TempDir Path folder) throws IOException {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 300, 4);
            TrainedModel model = fit(rows, 1);
            Path saved = Files.createDirectory(folder.resolve(task.name()));
            model.save(saved);
            TrainedModel loaded = Learners.load(
                    learner().name(), saved, rows.target(), rows.features().features());
            assertThat(loaded.predict(rows.features())).isEqualTo(model.predict(rows.features()));
            assertThat(loaded.importance()).isEqualTo(model.importance());
            Path again = Files.createDirectory(folder.resolve(task.name() + "-again"));
            loaded.save(again);
            assertThat(contents(again)).isEqualTo(contents(saved));
        }
    }

    @Test
    default void namesTheDamagedFile(@TempDir Path folder) throws IOException {
        Task task = learner().tasks().iterator().next();
        TrainingSet rows = rows(task, 100, 4);
        fit(rows, 1).save(folder);
        for (String name : contents(folder).keySet()) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> learner()
                            .load(folder, rows.target(), rows.features().features()))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining(name);
            Files.write(folder.resolve(name), whole);
        }
        Files.delete(folder.resolve(contents(folder).keySet().iterator().next()));
        assertThatThrownBy(() ->
                        learner().load(folder, rows.target(), rows.features().features()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("has no file");
    }

    @Test
    default void givesTheSameBytesTwiceAndOnAnyNumberOfThreads(@TempDir Path folder) throws IOException {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 700, 5);
            List<Map<String, List<Byte>>> saved = new ArrayList<>();
            for (int threads : new int[] {1, 1, 2, 3}) {
                Path one = Files.createTempDirectory(folder, "model");
                fit(rows, threads).save(one);
                saved.add(contents(one));
            }
            assertThat(saved).allMatch(each -> each.equals(saved.get(0)));
        }
    }

    @Test
    default void learnsFromOneFeatureFromAConstantAndFromTenRows() {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 100, 6);
            for (int[] columns : new int[][] {{0}, {3}}) {
                TrainingSet narrow = columns(rows, columns);
                assertThat(fit(narrow, 1).predict(narrow.features())).doesNotContain(Double.NaN);
            }
            TrainingSet few = rows(task, 10, 6);
            assertThat(fit(few, 1).predict(few.features())).doesNotContain(Double.NaN);
        }
    }

    @Test
    default void learnsFromRowsThatLackAClass() {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 200, 6);
            int[] first = IntStream.range(0, 200)
                    .filter(row -> !task.isClassification() || rows.values()[row] == 0)
                    .toArray();
            double[] outputs = fit(rows.select(first), 1).predict(rows.features());
            assertThat(outputs).hasSize(200 * rows.target().outputs()).doesNotContain(Double.NaN);
        }
    }

    @Test
    default void readsMissingValuesWhereItsViewHasThem() {
        if (learner().view() != View.LINEAR) {
            for (Task task : learner().tasks()) {
                TrainingSet rows = rows(task, 100, 7);
                float[] nothing = new float[5];
                Arrays.fill(nothing, Float.NaN);
                FeatureMatrix one = new FeatureMatrix(rows.features().features(), 1, nothing);
                assertThat(fit(rows, 1).predict(one)).doesNotContain(Double.NaN);
            }
        }
    }

    @Test
    default void takesEveryHyperparameterAtItsBounds() throws ReflectiveOperationException {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 40, 8);
            P usual = quick(task);
            for (RecordComponent component : usual.getClass().getRecordComponents()) {
                for (Object bound : bounds(component)) {
                    P changed = with(usual, component, bound);
                    assertThat(learner()
                                    .fit(changed, rows, null, new FitContext(7, 1))
                                    .predict(rows.features()))
                            .as("%s = %s", component.getName(), bound)
                            .doesNotContain(Double.NaN);
                }
            }
        }
    }

    @Test
    default void predictsTheSameFromSeveralThreadsAndInParts() throws Exception {
        Task task = learner().tasks().iterator().next();
        TrainingSet rows = rows(task, 300, 9);
        TrainedModel model = fit(rows, 1);
        double[] whole = model.predict(rows.features());
        FeatureMatrix part = rows.features().select(IntStream.range(100, 103).toArray());
        int width = rows.target().outputs();
        assertThat(model.predict(part)).isEqualTo(Arrays.copyOfRange(whole, 100 * width, 103 * width));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<double[]> predict = () -> model.predict(rows.features());
            for (Future<double[]> each :
                    threads.invokeAll(Stream.generate(() -> predict).limit(12).toList())) {
                assertThat(each.get()).isEqualTo(whole);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void sharesImportanceAmongFeatures() {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 300, 10);
            Map<String, Double> importance = fit(rows, 1).importance();
            Set<String> names = Set.copyOf(
                    rows.features().features().stream().map(each -> each.name()).toList());
            assertThat(names).containsAll(importance.keySet());
            if (!importance.isEmpty()) {
                assertThat(importance.values().stream()
                                .mapToDouble(each -> each)
                                .sum())
                        .isCloseTo(1, within(1e-9));
                assertThat(importance.getOrDefault("a", 0.0)).isGreaterThan(importance.getOrDefault("noise", 0.0));
            }
        }
    }

    @Test
    default void contributionsOfColumnsAddUpToTheOutputs(@TempDir Path folder) throws IOException {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 200, 12);
            TrainedModel model = fit(rows, 1);
            FeatureMatrix some = rows.features().select(IntStream.range(0, 20).toArray());
            Contributions contributions = model.contributions(some);
            assertThat(contributions.columns()).containsExactly("a", "b", "noise", "constant", "c");
            double[] outputs = model.predict(some);
            double[] sums = contributions.outputs();
            assertThat(sums).hasSameSizeAs(outputs);
            for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).as("%s", task).isCloseTo(outputs[i], within(1e-5 * Math.max(1, outputs[i])));
            }
            if (learns()) {
                assertThat(spread(contributions, 0)).isGreaterThan(2 * spread(contributions, 2));
                assertThat(spread(contributions, 3)).isZero();
            }
            Path saved = Files.createDirectory(folder.resolve(task.name()));
            model.save(saved);
            Contributions loaded = Learners.load(learner().name(), saved, rows.target(), some.features())
                    .contributions(some);
            assertThat(loaded.values()).isEqualTo(contributions.values());
            assertThat(loaded.base()).isEqualTo(contributions.base());
        }
    }

    /** The sum of what a column adds, whatever the sign. */
    private static double spread(Contributions contributions, int column) {
        double sum = 0;
        for (int row = 0; row < contributions.rows(); row++) {
            for (int k = 0; k < contributions.base().length; k++) {
                sum += Math.abs(contributions.value(row, column, k));
            }
        }
        return sum;
    }

    @Test
    default void weighsRowsOrSaysThatItCannot() {
        for (Task task : learner().tasks()) {
            TrainingSet rows = rows(task, 200, 11);
            float[] weights = new float[200];
            for (int row = 0; row < weights.length; row++) {
                weights[row] = task.isClassification() ? (rows.values()[row] == 0 ? 5 : 1) : 1 + row % 3;
            }
            TrainingSet weighted = new TrainingSet(rows.features(), rows.target(), rows.values(), weights);
            if (task.isClassification() || weighsRows()) {
                double[] with = fit(weighted, 1).predict(rows.features());
                double[] without = fit(rows, 1).predict(rows.features());
                assertThat(with).isNotEqualTo(without);
                if (task.isClassification() && weightsShiftProbabilities()) {
                    int classes = rows.target().outputs();
                    assertThat(sum(with, classes)).isGreaterThan(sum(without, classes));
                }
            } else {
                assertThatThrownBy(() -> fit(weighted, 1))
                        .isInstanceOf(PipelineException.class)
                        .hasMessageContaining("weigh");
            }
        }
    }

    private static double sum(double[] outputs, int step) {
        double sum = 0;
        for (int i = 0; i < outputs.length; i += step) {
            sum += outputs[i];
        }
        return sum;
    }

    private static TrainingSet columns(TrainingSet rows, int[] columns) {
        FeatureMatrix all = rows.features();
        float[] values = new float[all.rows() * columns.length];
        for (int row = 0; row < all.rows(); row++) {
            for (int i = 0; i < columns.length; i++) {
                values[row * columns.length + i] = all.get(row, columns[i]);
            }
        }
        FeatureMatrix chosen = new FeatureMatrix(
                Arrays.stream(columns).mapToObj(all.features()::get).toList(), all.rows(), values);
        return new TrainingSet(chosen, rows.target(), rows.values(), null);
    }

    private static List<Object> bounds(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        Class<?> type = component.getType();
        List<Object> bounds = new ArrayList<>();
        if (type.isEnum()) {
            bounds.addAll(Arrays.asList(type.getEnumConstants()));
        } else if (type == boolean.class) {
            bounds.addAll(List.of(true, false));
        } else if (type == int.class) {
            bounds.addAll(List.of((int) setting.min(), (int) setting.max()));
        } else if (type == double.class) {
            bounds.addAll(List.of(setting.min(), setting.max()));
        } else {
            throw new AssertionError("no bounds for " + component);
        }
        return bounds;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R with(R usual, RecordComponent changed, Object value)
            throws ReflectiveOperationException {
        RecordComponent[] components = usual.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getName().equals(changed.getName())
                    ? value
                    : components[i].getAccessor().invoke(usual);
        }
        return (R) usual.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static Map<String, List<Byte>> contents(Path folder) throws IOException {
        Map<String, List<Byte>> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte each : Files.readAllBytes(file)) {
                    bytes.add(each);
                }
                contents.put(folder.relativize(file).toString(), bytes);
            }
        }
        return contents;
    }
}
