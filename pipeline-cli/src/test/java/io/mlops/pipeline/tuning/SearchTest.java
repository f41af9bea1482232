package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private static final Space SPACE =
            Space.builder().real("x", -5, 5).choice("word", "good", "bad").build();

    @TempDir
    Path folder;

    @Test
    void theTrialsAreTheSameOnAnyNumberOfThreads() {
        assertThat(searched(new Bumps(), 40, 4)).isEqualTo(searched(new Bumps(), 40, 1));
    }

    @Test
    void aSearchThatIsEndedAnywhereGoesOnToTheSameTrials() throws IOException {
        List<Made> undisturbed = searched(new Bumps(), 30, 2);
        for (int end : new int[] {1, 3, 9, 20, 33}) {
            Path file = folder.resolve("study-" + end + ".jsonl");
            assertThatThrownBy(() -> run(new Bumps().endingAfter(end), Study.open(file), 30, 2))
                    .isInstanceOf(Bumps.Ended.class);
            assertThat(Study.read(file).size()).isLessThan(30);
            // The power failed while a line was written.
            Files.writeString(file, "{\"number\":9", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

            Study study = Study.open(file);
            run(new Bumps(), study, 30, 2);

            assertThat(made(study.trials())).as("ended after %d steps", end).isEqualTo(undisturbed);
            assertThat(made(Study.read(file))).isEqualTo(undisturbed);
        }
    }

    @Test
    void aLongerSearchBeginsWithTheShorterOne() {
        assertThat(searched(new Bumps(), 30, 2).subList(0, 10)).isEqualTo(searched(new Bumps(), 10, 2));
    }

    @Test
    void triesWhatIsPlannedFirst() {
        List<Made> trials = searched(new Bumps(), 8, 1);

        assertThat(trials.get(0).point()).isEqualTo(Bumps.PLANNED.point());
        assertThat(trials.get(0).origin()).isEqualTo("current");
        assertThat(trials.subList(1, 8))
                .allSatisfy(trial -> assertThat(trial.origin()).isEqualTo("tpe"));
    }

    @Test
    void aBadFirstImpressionEndsATrialAndTheBestIsFoundAllTheSame() {
        Bumps pruned = new Bumps();
        Bumps whole = new Bumps();
        Study study = Study.inMemory();
        run(pruned, study, 60, 1);
        Study complete = Study.inMemory();
        search(whole, Halving.NONE, 1).run(complete, 60, Deadline.none(), Progress.NONE);

        assertThat(study.trials().get(0).status()).isEqualTo(Trial.Status.FINISHED);
        assertThat(study.trials())
                .filteredOn(trial -> trial.status() == Trial.Status.PRUNED)
                .hasSizeGreaterThan(20)
                .allSatisfy(trial -> assertThat(trial.steps()).containsOnlyKeys("impression"));
        assertThat(pruned.steps.get()).isLessThan(whole.steps.get() * 3 / 4);
        assertThat(value(study)).isLessThan(0.05);
        assertThat(value(complete)).isLessThan(0.05);
    }

    private static double value(Study study) {
        return Study.best(study.trials(), false).orElseThrow().value();
    }

    @Test
    void aTrialThatFailsIsRecordedAndTheSearchGoesOn() {
        Study study = Study.inMemory();
        run(new Bumps().failing(), study, 40, 2);

        assertThat(study.trials()).hasSize(40);
        assertThat(study.trials())
                .filteredOn(trial -> trial.status() == Trial.Status.FAILED)
                .isNotEmpty()
                .allSatisfy(trial -> {
                    assertThat(trial.reason()).isEqualTo("bad words cannot be learned");
                    assertThat(trial.value()).isNull();
                });
        assertThat(Study.best(study.trials(), false).orElseThrow().parameters()).containsEntry("word", "good");
    }

    @Test
    void aMetricWithoutAValueFails() {
        Study study = Study.inMemory();
        run(new Bumps().withoutValue(), study, 2, 1);

        assertThat(study.trials()).extracting(Trial::status).containsOnly(Trial.Status.FAILED);
        assertThat(study.trials().get(0).reason()).contains("no value");
    }

    @Test
    void aLimitTooShortForAnythingStillMeasuresWhatIsNow() {
        Path file = folder.resolve("short.jsonl");
        Study study = Study.open(file);
        search(new Bumps(), Halving.USUAL, 2).run(study, 30, Deadline.after(Duration.ZERO), Progress.NONE);

        assertThat(study.trials()).hasSize(1);
        assertThat(study.trials().get(0).status()).isEqualTo(Trial.Status.CUT_SHORT);
        assertThat(study.trials().get(0).steps()).containsOnlyKeys("impression");
        assertThat(study.trials().get(0).parameters()).isEqualTo(Bumps.PLANNED.point());
        // Another time it is measured to the end.
        assertThat(Study.read(file)).isEmpty();
    }

    @Test
    void theTimeEndsASearch() {
        Study study = Study.inMemory();
        long start = System.nanoTime();
        search(new Bumps().taking(20), Halving.USUAL, 2)
                .run(study, 100_000, Deadline.after(Duration.ofMillis(400)), Progress.NONE);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(300), Duration.ofMillis(1500));
        assertThat(study.trials()).hasSizeBetween(4, 100);
        assertThat(study.trials()).noneMatch(trial -> trial.status() == Trial.Status.CUT_SHORT);
    }

    @Test
    void aDamagedStudyIsNotSearchedOn() throws IOException {
        Path file = folder.resolve("damaged.jsonl");
        run(new Bumps(), Study.open(file), 4, 1);
        List<String> lines = Files.readAllLines(file);

        Files.write(file, lines.subList(1, 4));
        assertThatThrownBy(() -> Study.open(file))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("line 1");
        Files.writeString(file, lines.get(0) + "\nno trial\n");
        assertThatThrownBy(() -> Study.open(file))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void oneInFourGoesOn() {
        List<Double> others = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);

        assertThat(Halving.USUAL.goesOn(2.5, others)).isFalse();
        assertThat(Halving.USUAL.goesOn(1.5, others)).isTrue();
        assertThat(Halving.USUAL.goesOn(0.5, others)).isTrue();
        assertThat(Halving.USUAL.goesOn(9, List.of())).isTrue();
        assertThat(Halving.USUAL.goesOn(2, List.of(1.0))).isTrue();
        assertThat(Halving.USUAL.goesOn(2, List.of(1.0, 3.0, 4.0))).isFalse();
        assertThat(Halving.NONE.goesOn(9, others)).isTrue();
    }

    /** All of a trial but its times. */
    private record Made(
            int number, String origin, Map<String, Object> point, Trial.Status status, Map<String, Double> steps) {}

    private static List<Made> made(List<Trial> trials) {
        return trials.stream()
                .map(trial ->
                        new Made(trial.number(), trial.origin(), trial.parameters(), trial.status(), trial.steps()))
                .toList();
    }

    private static List<Made> searched(Bumps objective, int trials, int threads) {
        Study study = Study.inMemory();
        run(objective, study, trials, threads);
        return made(study.trials());
    }

    private static void run(Bumps objective, Study study, int trials, int threads) {
        search(objective, Halving.USUAL, threads).run(study, trials, Deadline.none(), Progress.NONE);
    }

    private static Search search(Bumps objective, Halving halving, int threads) {
        return new Search(
                objective, Sampler.Kind.TPE.over(SPACE, 5), "tpe", List.of(Bumps.PLANNED), 4, halving, threads);
    }

    /** A valley whose first impression is roughly right. */
    private static final class Bumps implements Objective {
        static final Search.Planned PLANNED = new Search.Planned("current", Map.of("x", 3.0, "word", "good"));

        private final AtomicInteger steps = new AtomicInteger();
        private int end = Integer.MAX_VALUE;
        private boolean failing;
        private boolean valued = true;
        private long pause;

        /** What no search catches, as when the process is killed. */
        private static final class Ended extends Error {
            private static final long serialVersionUID = 1L;
        }

        Bumps endingAfter(int count) {
            end = count;
            return this;
        }

        Bumps failing() {
            failing = true;
            return this;
        }

        Bumps withoutValue() {
            valued = false;
            return this;
        }

        Bumps taking(long milliseconds) {
            pause = milliseconds;
            return this;
        }

        @Override
        public boolean greaterIsBetter() {
            return false;
        }

        @Override
        public Measurement measure(Map<String, Object> point, int threads, Deadline deadline) {
            return new Measurement() {
                private int taken;

                @Override
                public String next() {
                    return taken == 0 ? "impression" : "all";
                }

                @Override
                public double step() {
                    if (steps.incrementAndGet() > end) {
                        throw new Ended();
                    }
                    sleep();
                    boolean bad = point.get("word").equals("bad");
                    if (failing && bad) {
                        throw PipelineException.data("bad words cannot be learned");
                    }
                    double x = (Double) point.get("x");
                    double value = (x - 1) * (x - 1) + (bad ? 2 : 0);
                    return valued ? value + (taken++ == 0 ? 0.1 * Math.sin(5 * x) : 0) : Double.NaN;
                }

                @Override
                public boolean done() {
                    return taken == 2;
                }
            };
        }

        private void sleep() {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
