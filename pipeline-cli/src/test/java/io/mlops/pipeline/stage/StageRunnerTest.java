package io.mlops.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunnerTest {
    @TempDir
    Path home;

    private final CountingStage stage = new CountingStage();
    private Run run;

    @BeforeEach
    void begin() {
        run = on(LocalDate.of(2026, 1, 2));
    }

    @Test
    void publishesTheFilesAndTheirDigests() {
        Manifest manifest = execute();

        assertThat(run.folder("count").resolve("sub/result.txt")).hasContent("1");
        assertThat(manifest.outputs()).containsOnlyKeys("sub/result.txt");
        assertThat(run.manifest("count").orElseThrow().outputs()).isEqualTo(manifest.outputs());
        assertThat(manifest.cached()).isFalse();
    }

    @Test
    void answersFromTheEarlierResultWhereNothingChanged() {
        execute();

        assertThat(execute().cached()).isTrue();
        assertThat(stage.executions).isEqualTo(1);
    }

    @Test
    void computesAgainWhenForced() {
        execute();

        assertThat(new StageRunner(run, "r").execute(stage, true).cached()).isFalse();
        assertThat(stage.executions).isEqualTo(2);
    }

    @Test
    void computesAgainWhenAnInputOrAParameterChanged() {
        execute();
        stage.digests.put("table", "other");
        execute();
        stage.parameters.put("depth", 7);
        execute();

        assertThat(stage.executions).isEqualTo(3);
    }

    @Test
    void anotherDateIsAnsweredFromTheCache() {
        execute();
        Run tomorrow = on(LocalDate.of(2026, 1, 3));

        Manifest manifest = new StageRunner(tomorrow, "r2").execute(stage, false);

        assertThat(manifest.cached()).isTrue();
        assertThat(manifest.date()).isEqualTo("2026-01-03");
        assertThat(tomorrow.folder("count").resolve("sub/result.txt")).hasContent("1");
        assertThat(run.manifest("count").orElseThrow().date()).isEqualTo("2026-01-02");
    }

    @Test
    void computesAgainWhenAnOutputAndItsCacheEntryAreDamaged() throws IOException {
        execute();
        Files.writeString(run.folder("count").resolve("sub/result.txt"), "damaged");

        assertThat(execute().cached()).isFalse();
        assertThat(run.folder("count").resolve("sub/result.txt")).hasContent("2");
    }

    @Test
    void takesTheCacheEntryWhenTheResultIsGone() {
        execute();
        Folders.delete(run.folder("count"));

        assertThat(execute().cached()).isTrue();
        assertThat(run.folder("count").resolve("sub/result.txt")).hasContent("1");
    }

    @Test
    void publishesNothingWhenTheStageFails() {
        execute();
        stage.parameters.put("depth", 7);
        stage.failure = PipelineException.data("bad rows");

        assertThatThrownBy(this::execute).hasMessage("bad rows");

        assertThat(run.folder("count").resolve("sub/result.txt")).hasContent("1");
        assertThat(RunState.temporary(run).resolve("count")).doesNotExist();
    }

    @Test
    void tellsAStageThatItsResultIsInPlaceAndNeverBefore() {
        stage.failure = PipelineException.data("bad rows");
        assertThatThrownBy(this::execute).hasMessage("bad rows");
        assertThat(stage.committed).isEmpty();
        stage.failure = null;

        String key = execute().key();
        execute();

        assertThat(stage.committed).containsExactly(key, key);
    }

    @Test
    void keepsTheEvidenceOfARejectedBatchApart() {
        stage.evidence = true;
        stage.failure = PipelineException.data("bad rows");

        assertThatThrownBy(this::execute).hasMessage("bad rows");

        assertThat(run.folder("count")).doesNotExist();
        assertThat(run.folder().resolve("count.failed/rejected.csv")).exists();
    }

    @Test
    void publishesNothingWhenAnInputChangesMeanwhile() {
        stage.changesItsInput = true;

        assertThatThrownBy(this::execute).hasMessageContaining("changed while it was read");
        assertThat(run.folder("count")).doesNotExist();
    }

    @Test
    void saysWhyAnEarlierResultDoesNotDo() {
        execute();
        stage.digests.put("table", "other");
        stage.parameters.put("split", Map.of("test", 0.3));

        List<String> differences = StageKey.of(stage, run).differences(run.manifest("count"));

        assertThat(differences)
                .contains("input table changed", "parameter split.test changed: null -> 0.3")
                .hasSize(2);
    }

    @Test
    void beginningARunRemovesWhatADeadOneLeft() throws IOException {
        Path left = Files.createDirectories(RunState.temporary(run).resolve("train"));

        RunState.begin(run, true, null);

        assertThat(left).doesNotExist();
    }

    @Test
    void stagesOfOneDateShareTheRun() {
        RunState begun = RunState.begin(run, true, null);
        begun.write(run);
        String first = begun.runId();

        assertThat(RunState.begin(run, false, null).runId()).isEqualTo(first);
        assertThat(RunState.begin(run, true, null).runId()).isNotEqualTo(first);
    }

    @Test
    void finishingPointsLatestToTheDate() throws IOException {
        RunState.begin(run, true, null).write(run);
        RunState.finish(run);

        assertThat(Files.readSymbolicLink(run.runs().resolve("latest"))).isEqualTo(Path.of("2026-01-02"));
        assertThat(RunState.temporary(run)).doesNotExist();
    }

    @Test
    void aSecondRunOfTheDateWaitsAndThenGivesUp() {
        try (RunLock lock = RunLock.take(run, Duration.ZERO)) {
            assertThatThrownBy(() -> RunLock.take(run, Duration.ofMillis(250)))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.kind())
                            .isEqualTo(PipelineException.Kind.TEMPORARY))
                    .hasMessageContaining("another run of 2026-01-02 is at work");
        }
        RunLock.take(run, Duration.ZERO).close();
        assertThat(Folders.list(run.hidden().resolve("locks"))).isEmpty();
    }

    @Test
    void runsOfOtherDatesDoNotWait() {
        try (RunLock lock = RunLock.take(run, Duration.ZERO);
                RunLock other = RunLock.take(on(LocalDate.of(2026, 1, 3)), Duration.ZERO)) {
            assertThat(lock).isNotSameAs(other);
        }
    }

    @Test
    void collectsOldAndLargeEntries() {
        execute();
        StageCache cache = StageCache.of(home);

        assertThat(cache.collect(Duration.ofDays(1), 1_000_000)).isZero();
        assertThat(cache.collect(Duration.ofDays(1), 0)).isPositive();
        assertThat(cache.collect(Duration.ofDays(1), 0)).isZero();
    }

    private Manifest execute() {
        return new StageRunner(run, "r").execute(stage, false);
    }

    private Run on(LocalDate date) {
        return new Run(home, PipelineConfig.defaults(), date, Progress.NONE);
    }

    /** Writes how often it ran. */
    private static final class CountingStage implements Stage {
        private final Map<String, String> digests = new HashMap<>(Map.of("table", "abc"));
        private final Map<String, Object> parameters = new HashMap<>(Map.of("depth", 6));
        private final List<String> committed = new ArrayList<>();
        private int executions;
        private boolean changesItsInput;
        private boolean evidence;
        private RuntimeException failure;

        @Override
        public String name() {
            return "count";
        }

        @Override
        public Inputs inputs(Run run) {
            return new Inputs(Map.copyOf(digests), Map.copyOf(parameters));
        }

        @Override
        public void committed(Run run, String key) {
            committed.add(Files.exists(run.folder("count").resolve(Manifest.FILE)) ? key : "too early");
        }

        @Override
        public Outcome execute(Run run, Path folder) {
            executions++;
            try {
                Files.createDirectories(folder.resolve("sub"));
                Files.writeString(folder.resolve("sub/result.txt"), Integer.toString(executions));
                if (evidence) {
                    Files.writeString(folder.resolve("rejected.csv"), "row,reason\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (changesItsInput) {
                digests.put("table", "changed");
            }
            if (failure != null) {
                throw failure;
            }
            return new Outcome(Map.of("auc", 0.5), Map.of(), List.of());
        }
    }
}
