package io.mlops.pipeline.model.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraTreesTest implements LearnerContract<ExtraTreesParameters> {
    @Override
    public Learner<ExtraTreesParameters> learner() {
        return new ExtraTrees();
    }

    @Override
    public ExtraTreesParameters quick(Task task) {
        return new ExtraTreesParameters(50, 15_000, 2, 0.75, 0.1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "MULTICLASS"})
    void givesNoClassAShareOfZero(Task task) {
        TrainingSet rows = Generated.rows(task, learner().view(), 600, 1);
        TrainedModel model = learner().fit(quick(task), rows, null, new FitContext(1, 1));
        assertThat(Arrays.stream(model.predict(rows.features())).min().orElseThrow())
                .isGreaterThan(0);
    }

    @Test
    void knowsEveryRowWhereALeafMayHoldOne() {
        TrainingSet rows = Generated.rows(Task.REGRESSION, learner().view(), 300, 1);
        ExtraTreesParameters exact = new ExtraTreesParameters(3, 1_000, 1, 1, 0);
        double[] values = learner().fit(exact, rows, null, new FitContext(1, 1)).predict(rows.features());
        for (int row = 0; row < values.length; row++) {
            assertThat(values[row]).isCloseTo(rows.values()[row], within(1e-3));
        }
    }

    @Test
    void refusesTreesThatMemoryCouldNotHold() {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 100_000, 1);
        ExtraTreesParameters many = new ExtraTreesParameters(5_000, 1_000_000, 1, 1, 0);
        assertThatThrownBy(() -> learner().fit(many, rows, null, new FitContext(1, 1)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContainingAll("'extra_trees'", "5,000 trees", "max_leaves", "-Xmx");
    }

    @Test
    void binsSeparateWhatDiffersAndKeepWhatIsMissingApart() {
        float[] values = {3, Float.NaN, 1, 1, Float.POSITIVE_INFINITY, 2, -0.5f};
        FeatureMatrix one = new FeatureMatrix(List.of(new Feature("x", "x", 0)), values.length, values);
        Bins bins = Bins.of(one, 0, new float[0]);
        int[] codes = new int[values.length];
        Arrays.setAll(codes, bins::code);
        assertThat(codes).containsExactly(4, 0, 2, 2, 5, 3, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void endsAtTheDeadlineWithTheTreesItHas(int threads) {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 2_000, 1);
        ExtraTreesParameters endless = new ExtraTreesParameters(5_000, 15_000, 1, 1, 0.1);
        Deadline soon = Deadline.after(Duration.ofMillis(300));
        TrainedModel model = learner().fit(endless, rows, null, new FitContext(7, threads, soon));
        assertThat(soon.passed()).isTrue();
        assertThat(model.predict(rows.features())).doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stopsWhereItsThreadIsInterrupted(int threads) {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 100, 1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> learner().fit(quick(Task.BINARY), rows, null, new FitContext(7, threads)))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
