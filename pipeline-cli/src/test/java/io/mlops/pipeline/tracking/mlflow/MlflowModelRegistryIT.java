package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelRegistryContract;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.SmallBundle;
import io.mlops.pipeline.tracking.Submission;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.TrackingSettings.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowModelRegistryIT implements ModelRegistryContract {
    @TempDir
    Path home;

    private final String name = "model-" + System.nanoTime();

    @Override
    public ModelRegistry registry() {
        return fixture().tracking(address()).registry(name);
    }

    private TrackingFixture fixture() {
        return new TrackingFixture(home, name, Map.of(), Mode.SPOOL);
    }

    private static String address() {
        try {
            return RunningMlflow.shared().address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VersionStore versions(String name) {
        TrackingSettings settings = new TrackingSettings(Mode.SPOOL, address(), null, null, null, Map.of(), 20);
        return new VersionStore(
                new MlflowHttp(MlflowServer.find(settings, Map.of()).orElseThrow()), name);
    }

    @Test
    void doesNotReplaceAChampionThatTheModelWasNotComparedWith(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        registry.submit(SmallBundle.write(folder, "a"), on("2026-01-01"), null, true);
        Submission late = registry.submit(SmallBundle.write(folder, "b"), on("2026-01-02"), null, true);
        assertThat(late.promoted()).isFalse();
        assertThat(late.note()).contains("version 1 became champion after version 2 was compared with none");
        assertThat(registry.aliases()).containsExactly(Map.entry("challenger", 2), Map.entry("champion", 1));
        Submission better = registry.submit(SmallBundle.write(folder, "c"), on("2026-01-03"), 1, true);
        assertThat(better.promoted()).isTrue();
        assertThat(registry.aliases()).containsEntry("champion", 3);
    }

    @Test
    void takesUpWhatAPersonMovedInMlflow(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        registry.submit(SmallBundle.write(folder, "a"), on("2026-01-01"), null, true);
        registry.submit(SmallBundle.write(folder, "b"), on("2026-01-02"), 1, true);
        versions(name).point("champion", 1);
        assertThat(registry.champion()).contains(registry.version(1));
        assertThat(registry.championBefore("2026-01-03")).contains(registry.version(1));
        assertThat(registry.rollback("ann", "no").number()).isEqualTo(2);
    }

    @Test
    void refusesAVersionWhoseFilesWereChangedOnTheServer(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        registry.register(SmallBundle.write(folder, "a"), on("2026-01-01"));
        VersionStore versions = versions(name);
        TrackingSettings settings = new TrackingSettings(Mode.SPOOL, address(), null, null, null, Map.of(), 20);
        ArtifactStore artifacts = new ArtifactStore(
                new MlflowHttp(MlflowServer.find(settings, Map.of()).orElseThrow()));
        artifacts.put(
                versions.files(1), "data/model/weights.json", Files.writeString(folder.resolve("changed"), "changed"));
        assertThatThrownBy(() -> registry.folder(1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("weights.json");
        try (var left = Files.list(home.resolve(".mlops/mlflow").resolve(name))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("registry.json");
        }
    }

    @Test
    void fetchesABundleOnceAndAnswersWithItWhileTheServerIsAway(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        registry.submit(SmallBundle.write(folder, "a"), on("2026-01-01"), null, true);
        Path fetched = registry.folder(1);
        TrackingFixture fixture = fixture();
        ModelRegistry away = fixture.tracking("http://127.0.0.1:9").registry(name);
        assertThat(away.champion()).contains(registry.version(1));
        assertThat(away.folder(1)).isEqualTo(fetched);
        assertThat(fixture.warnings).singleElement().asString().contains("as it was last seen");
        assertThatThrownBy(() -> away.promote(1, "ann", "now"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.TEMPORARY));
    }

    @Test
    void fetchedVersionsThatNoAliasPointsToAreRemovedWhenTheyAreOld(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        registry.submit(SmallBundle.write(folder, "a"), on("2026-01-01"), null, true);
        registry.submit(SmallBundle.write(folder, "b"), on("2026-01-02"), 1, true);
        registry.submit(SmallBundle.write(folder, "c"), on("2026-01-03"), 2, true);
        for (int version = 1; version <= 3; version++) {
            age(registry.folder(version), 40);
        }
        age(registry.folder(2), 20);
        FetchedModels fetched = FetchedModels.of(home.resolve(".mlops"));
        FetchedModels.Removed removed = fetched.collect(Duration.ofDays(30));
        assertThat(removed.versions()).containsExactly(name + "/1");
        assertThat(removed.bytes()).isPositive();
        Path place = home.resolve(".mlops/mlflow").resolve(name);
        assertThat(place.resolve("1")).doesNotExist();
        assertThat(place.resolve("2")).isDirectory();
        assertThat(place.resolve("3")).isDirectory();
        assertThat(registry.folder(1)).as("fetched again").isDirectory();

        age(place.resolve("2"), 40);
        assertThat(registry.folder(2)).isDirectory();
        assertThat(fetched.collect(Duration.ofDays(30)).versions())
                .as("2 was just used")
                .isEmpty();
    }

    private static void age(Path place, int days) throws IOException {
        Files.setLastModifiedTime(place, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static Registration on(String date) {
        return new Registration(date, null, "ann", "AUC 0.8", Outcome.BETTER, Map.of("auc", 0.8), "");
    }
}
