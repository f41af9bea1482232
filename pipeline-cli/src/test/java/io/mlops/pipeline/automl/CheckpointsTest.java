package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));

    private final Preprocessor preprocessor;
    private final FeatureMatrix features;

    @TempDir
    Path folder;

    CheckpointsTest() {
        var rows = new Tables(20)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .category("y", Role.TARGET, row -> row % 3 == 0 ? "yes" : "no")
                .rows();
        preprocessor = Preprocessor.fit(FeatureSettings.defaults(), View.TREE, rows, TARGET, 1);
        features = preprocessor.transform(rows);
    }

    @Test
    void aModelThatWasKeptIsNoLongerInMemory() throws InterruptedException {
        FoldModel fitted = fitted();
        WeakReference<TrainedModel> model = new WeakReference<>(fitted.model());

        FoldModel kept = new Checkpoints(folder, TARGET).keep(candidate(), 0, 3, fitted);

        fitted = null;
        for (int attempt = 0; attempt < 100 && model.get() != null; attempt++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(model.get()).isNull();
        assertThat(kept.model().predict(features)).isEqualTo(fitted().model().predict(features));
    }

    @Test
    void aModelThatWasKeptIsFoundAndSavedAgain() throws Exception {
        new Checkpoints(folder.resolve("kept"), TARGET).keep(candidate(), 0, 3, fitted());
        Path written = Files.createDirectory(folder.resolve("written"));
        Path expected = Files.createDirectory(folder.resolve("expected"));

        FoldModel found = new Checkpoints(folder.resolve("kept"), TARGET)
                .find(candidate(), 0, 3, 2)
                .orElseThrow();

        found.model().save(written);
        fitted().model().save(expected);
        assertThat(written.resolve("model.json")).hasSameBinaryContentAs(expected.resolve("model.json"));
    }

    private FoldModel fitted() {
        TrainingSet rows = new TrainingSet(features, TARGET, new double[20], null);
        TrainedModel model = new Baseline().fit(Baseline.Parameters.defaults(), rows, null, new FitContext(1, 1));
        return new FoldModel(model, preprocessor, new double[] {0.5, 0.5}, 1, 1, false);
    }

    private static Candidate<?> candidate() {
        return new Candidate<>(
                "baseline",
                new Baseline(),
                Baseline.Parameters.defaults(),
                FeatureSettings.defaults(),
                Integer.MAX_VALUE,
                1);
    }
}
