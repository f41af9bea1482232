package io.mlops.pipeline.model.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LightgbmTest implements LearnerContract<LightgbmParameters> {
    private static final List<Feature> FEATURES = List.of(
            new Feature("number", "number", 0),
            new Feature("sometimes missing", "sometimes missing", 0),
            new Feature("mostly zero", "mostly zero", 0),
            new Feature("few", "few", 3),
            new Feature("many", "many", 70));

    @Override
    public Learner<LightgbmParameters> learner() {
        return new Lightgbm();
    }

    @Override
    public LightgbmParameters quick(Task task) {
        return learner().defaults(task).withFixedRounds(60);
    }

    @ParameterizedTest
    @EnumSource
    void walksItsTreesAsTheNativeLibraryDoes(Task task, @TempDir Path folder) throws IOException {
        TrainingSet rows = rows(task, 3_000, false);
        TrainedModel model = learner().fit(quick(task), rows, null, new FitContext(7, 2));
        model.save(folder);
        FeatureMatrix odd = rows(task, 2_000, true).features();

        double[] expected = predictNatively(
                Files.readString(folder.resolve("trees.txt")), odd, lightgbmlibConstants.C_API_PREDICT_NORMAL);

        double[] given = model.predict(odd);
        Outputs outputs = ((LightgbmModel) model).outputs();
        for (int row = 0; row < odd.rows(); row++) {
            switch (task) {
                case BINARY -> assertThat(given[2 * row + 1]).isCloseTo(expected[row], within(1e-12));
                case REGRESSION ->
                    assertThat((given[row] - outputs.offset()) / outputs.scale())
                            .isCloseTo(expected[row], within(1e-12));
                case MULTICLASS -> {
                    for (int k = 0; k < 3; k++) {
                        assertThat(given[3 * row + k]).isCloseTo(expected[3 * row + k], within(1e-12));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsItsTreesAsTheNativeLibraryDoes(Task task, @TempDir Path folder) throws IOException {
        TrainingSet rows = rows(task, 1_000, false);
        TrainedModel model =
                learner().fit(learner().defaults(task).withFixedRounds(20), rows, null, new FitContext(7, 2));
        model.save(folder);
        FeatureMatrix odd = rows(task, 50, true).features();

        double[] expected = predictNatively(
                Files.readString(folder.resolve("trees.txt")), odd, lightgbmlibConstants.C_API_PREDICT_CONTRIB);

        Contributions given = model.contributions(odd);
        double scale = ((LightgbmModel) model).outputs().scale();
        int sums = given.base().length;
        for (int row = 0; row < odd.rows(); row++) {
            for (int k = 0; k < sums; k++) {
                for (int column = 0; column < 5; column++) {
                    assertThat(given.value(row, column, k) / (task == Task.REGRESSION ? scale : 1))
                            .isCloseTo(expected[(row * sums + k) * 6 + column], within(1e-5));
                }
            }
        }
    }

    /** Rows whose target depends on all features; odd ones have values that training had none of. */
    private static TrainingSet rows(Task task, int count, boolean odd) {
        Random random = new Random(odd ? 2 : 1);
        float[] values = new float[count * 5];
        double[] targets = new double[count];
        for (int row = 0; row < count; row++) {
            float[] one = {
                (float) random.nextGaussian(),
                random.nextInt(4) == 0 ? Float.NaN : random.nextFloat(),
                random.nextInt(3) == 0 ? random.nextInt(9) - 4 : 0,
                random.nextInt(3),
                random.nextInt(20) == 0 ? Float.NaN : random.nextInt(70)
            };
            double signal = one[0] + (one[1] > 0.5 ? 1 : 0) + 0.3 * one[2] + one[3] + (one[4] * 7 % 5 > 2 ? 2 : 0);
            targets[row] = switch (task) {
                case BINARY -> signal > 2.5 ? 1 : 0;
                case MULTICLASS -> signal < 1.5 ? 0 : signal < 3 ? 1 : 2;
                case REGRESSION -> 50 + 10 * signal;
            };
            if (odd) {
                float[] others = {
                    Float.NaN, 0f, -0f, 1e-36f, -1e-36f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1, 99
                };
                one[random.nextInt(5)] = others[random.nextInt(others.length)];
                one[3] = Float.isInfinite(one[3]) ? Float.NaN : one[3];
                one[4] = Float.isInfinite(one[4]) ? Float.NaN : one[4];
            }
            System.arraycopy(one, 0, values, row * 5, 5);
        }
        return new TrainingSet(new FeatureMatrix(FEATURES, count, values), Generated.target(task), targets, null);
    }

    private static double[] predictNatively(String text, FeatureMatrix features, int kind) {
        SWIGTYPE_p_p_void created = lightgbmlib.voidpp_handle();
        NativeLibrary.check(lightgbmlib.LGBM_BoosterLoadModelFromString(text, lightgbmlib.new_intp(), created));
        SWIGTYPE_p_void booster = lightgbmlib.voidpp_value(created);
        SWIGTYPE_p_float values = lightgbmlib.new_floatArray(features.values().length);
        for (int i = 0; i < features.values().length; i++) {
            lightgbmlib.floatArray_setitem(values, i, features.values()[i]);
        }
        SWIGTYPE_p_double given = lightgbmlib.new_doubleArray(18L * features.rows());
        var length = lightgbmlib.new_int64_tp();
        NativeLibrary.check(lightgbmlib.LGBM_BoosterPredictForMat(
                booster,
                lightgbmlib.float_to_voidp_ptr(values),
                lightgbmlibConstants.C_API_DTYPE_FLOAT32,
                features.rows(),
                features.columns(),
                1,
                kind,
                0,
                -1,
                "num_threads=1",
                length,
                given));
        double[] predicted = new double[Math.toIntExact(lightgbmlib.int64_tp_value(length))];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = lightgbmlib.doubleArray_getitem(given, i);
        }
        NativeLibrary.check(lightgbmlib.LGBM_BoosterFree(booster));
        return predicted;
    }

    @Test
    void keepsTheRoundsUpToTheBestAndSettlesOnThem() {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 600, 1);
        TrainingSet held = Generated.rows(Task.BINARY, learner().view(), 300, 2);
        LightgbmParameters parameters = learner().defaults(Task.BINARY);

        TrainedModel model = learner().fit(parameters, rows, held, new FitContext(7, 1));

        int rounds = ((LightgbmModel) model).rounds();
        List<Double> losses = model.learningCurves().get(1).values();
        assertThat(losses).hasSize(rounds + parameters.earlyStoppingRounds());
        assertThat(losses.get(rounds - 1))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
        assertThat(Generated.loss(held, model.predict(held.features())))
                .isCloseTo(losses.get(rounds - 1), within(1e-6));
        assertThat(learner().settled(parameters, model).rounds()).isEqualTo(rounds);
    }

    /** The library's own call that gives a text keeps at least a megabyte each time. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void givesTheMemoryOfItsTextBack() throws IOException {
        TrainingSet rows = rows(Task.REGRESSION, 200, false);
        LightgbmParameters few = learner().defaults(Task.REGRESSION).withFixedRounds(2);
        learner().fit(few, rows, null, new FitContext(7, 1));
        long before = megabytesOfData();
        for (int i = 0; i < 500; i++) {
            learner().fit(few, rows, null, new FitContext(7, 1));
        }
        assertThat(megabytesOfData() - before).isLessThan(250);
    }

    @Test
    void saysWhereItsTextCannotBeWritten(@TempDir Path folder) {
        NativeLibrary.load();
        TrainingSet rows = rows(Task.REGRESSION, 200, false);
        String settings = "objective=regression verbosity=-1";
        try (NativeRows learned = new NativeRows(rows, new float[rows.rows()], settings, null);
                NativeBooster booster = new NativeBooster(learned, settings)) {
            booster.grow();
            Path absent = folder.resolve("absent/trees.txt");
            assertThatThrownBy(() -> booster.text(1, absent))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(absent.toString());
        }
    }

    private static long megabytesOfData() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmData:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    }

    @Test
    void endsAtTheDeadlineWithTheRoundsItHas() {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 2_000, 1);
        LightgbmParameters endless = learner().defaults(Task.BINARY).withFixedRounds(100_000);
        Deadline soon = Deadline.after(Duration.ofMillis(300));
        TrainedModel model = learner().fit(endless, rows, null, new FitContext(7, 1, soon));
        assertThat(soon.passed()).isTrue();
        assertThat(((LightgbmModel) model).rounds()).isBetween(2, 50_000);
    }

    @Test
    void stopsWhereItsThreadIsInterrupted() {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 100, 1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> learner().fit(quick(Task.BINARY), rows, null, new FitContext(7, 1)))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "left_child=-?[0-9]+ / left_child=0 ",
                "left_child=-?[0-9]+ / left_child=99 ",
                "right_child=-?[0-9]+ / right_child=-99 ",
                "split_feature=[0-9]+ / split_feature=5 ",
                "split_feature=[0-9]+ / split_feature= ",
                "leaf_value=[^ ]+ / leaf_value=NaN ",
                "threshold=[^ ]+ / threshold=much ",
                "cat_boundaries=0 [0-9]+/cat_boundaries=0 999",
                "num_leaves=[0-9]+/num_leaves=2147483647",
                "num_tree_per_iteration=1/num_tree_per_iteration=0",
                "max_feature_idx=4/max_feature_idx=3",
                "version=v4/version=v9",
                "tree_sizes=[0-9]+ /tree_sizes=",
                "is_linear=0/is_linear=1",
                "end of trees/"
            })
    void refusesAFileThatWouldLeadItAstray(String change, @TempDir Path folder) throws IOException {
        TrainingSet rows = rows(Task.BINARY, 500, false);
        learner()
                .fit(quick(Task.BINARY).withFixedRounds(3), rows, null, new FitContext(7, 1))
                .save(folder);
        String[] parts = change.split("/", -1);
        Path file = folder.resolve("trees.txt");
        String spoilt = Files.readString(file).replaceFirst(parts[0], parts[1]);
        assertThat(spoilt).isNotEqualTo(Files.readString(file));
        Files.writeString(file, spoilt);

        assertThatThrownBy(() -> learner().load(folder, rows.target(), FEATURES))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("trees.txt is damaged");
    }
}
