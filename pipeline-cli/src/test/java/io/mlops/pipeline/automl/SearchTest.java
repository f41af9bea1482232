package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.tribuo.NearestNeighbours;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));

    @TempDir
    Path folder;

    private boolean isMemoryShort;

    @Test
    void aFamilyThatRefusesTheseRowsIsLeftOutWithItsReason() {
        Search.Result found =
                run(candidate(new Failing(() -> PipelineException.data("too odd"))), candidate(new Baseline()));
        assertThat(found.ensemble().contenders()).hasSize(1);
        assertThat(found.skipped()).extracting(Search.Skipped::reason).containsExactly("too odd");
    }

    @Test
    void aBugInAFamilyEndsTheSearchOnAllThreads() {
        // Chance decides which thread meets it.
        for (int repeat = 0; repeat < 30; repeat++) {
            assertThatThrownBy(() -> assertTimeoutPreemptively(
                            Duration.ofSeconds(30),
                            () -> run(
                                    candidate(new Baseline()),
                                    candidate(new Failing(() -> new IllegalStateException("a bug"))))))
                    .hasMessage("a bug");
        }
    }

    @Test
    void whereNoFamilyCanTheReasonIsSaid() {
        assertThatThrownBy(() -> run(candidate(new Failing(() -> PipelineException.data("too odd")))))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("too odd");
    }

    @Test
    void afterThePortfolioComeProposalsUpToTheGivenNumber() {
        Search.Result found = run(5, candidate(new Baseline()), candidate(new NearestNeighbours()));
        List<String> names = new ArrayList<>();
        found.ensemble().contenders().forEach(each -> names.add(each.candidate().name()));
        found.skipped().forEach(each -> names.add(each.candidate().name()));
        assertThat(names)
                .containsExactlyInAnyOrder("baseline", "knn", "knn proposal 1", "knn proposal 2", "knn proposal 3");
        assertThat(run(5, candidate(new Baseline()), candidate(new NearestNeighbours()))
                        .ensemble()
                        .outputs())
                .isEqualTo(found.ensemble().outputs());
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 1"})
    void whereMemoryIsShortOneModelIsFittedAtATime(boolean isShort, int together) {
        isMemoryShort = isShort;
        Meeting meeting = new Meeting(together);
        // The first fold comes alone, the other two after it.
        assertThat(run(candidate(meeting)).ensemble().contenders()).hasSize(1);
        assertThat(meeting.most()).isEqualTo(together);
    }

    private Search.Result run(Candidate<?>... candidates) {
        return run(candidates.length, candidates);
    }

    private Search.Result run(int most, Candidate<?>... candidates) {
        TableRows rows = new Tables(60)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .category("y", Role.TARGET, row -> row % 3 == 0 ? "yes" : "no")
                .rows();
        RowKeys keys = RowKeys.read(rows, TARGET);
        FoldPlan plan = FoldPlan.of(keys, TARGET, new CrossValidationSettings(3, 1, By.RANDOM), 1);
        FoldData data = new FoldData(
                rows,
                keys,
                TARGET,
                Folds.of(plan, keys, TARGET, 1),
                new Balancer(Imbalance.NONE, SmoteSettings.defaults()),
                1);
        return new Search(
                        data,
                        Metric.AUC,
                        List.of(candidates),
                        new Proposals(List.of(candidates), Task.BINARY, 40, 1),
                        most,
                        Deadline.none(),
                        new FitSlots(3, () -> isMemoryShort),
                        new Checkpoints(folder.resolve("checkpoints"), TARGET),
                        Budget.of(AutomlSettings.defaults(), 0),
                        Progress.NONE)
                .run();
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

    /** A family whose fits, but for the first, wait until so many go on at once. */
    private static final class Meeting implements Learner<Baseline.Parameters> {
        private final Baseline family = new Baseline();
        private final int expected;
        private int begun;
        private int now;
        private int most;

        Meeting(int expected) {
            this.expected = expected;
        }

        synchronized int most() {
            return most;
        }

        @Override
        public String name() {
            return family.name();
        }

        @Override
        public Set<Task> tasks() {
            return family.tasks();
        }

        @Override
        public View view() {
            return family.view();
        }

        @Override
        public Baseline.Parameters defaults(Task task) {
            return family.defaults(task);
        }

        @Override
        public TrainedModel fit(
                Baseline.Parameters parameters,
                TrainingSet training,
                @Nullable TrainingSet validation,
                FitContext context) {
            begin();
            TrainedModel model = family.fit(parameters, training, validation, context);
            end();
            return model;
        }

        private synchronized void begin() {
            now++;
            most = Math.max(most, now);
            notifyAll();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            boolean first = begun++ == 0;
            while (!first && most < expected && System.nanoTime() < end) {
                try {
                    wait(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private synchronized void end() {
            now--;
        }

        @Override
        public TrainedModel load(Path folder, Target target, List<Feature> features) {
            return family.load(folder, target, features);
        }
    }

    /** A family that never succeeds. */
    private record Failing(Supplier<RuntimeException> failure) implements Learner<Failing.None> {
        record None() {}

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Set<Task> tasks() {
            return EnumSet.allOf(Task.class);
        }

        @Override
        public View view() {
            return View.TREE;
        }

        @Override
        public None defaults(Task task) {
            return new None();
        }

        @Override
        public TrainedModel fit(
                None parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
            throw failure.get();
        }

        @Override
        public TrainedModel load(Path folder, Target target, List<Feature> features) {
            throw failure.get();
        }
    }
}
