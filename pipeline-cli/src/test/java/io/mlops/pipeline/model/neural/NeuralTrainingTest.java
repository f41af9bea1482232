package io.mlops.pipeline.model.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class NeuralTrainingTest {
    private final NeuralNetwork learner = new NeuralNetwork();
    private final TrainingSet rows = Generated.rows(Task.BINARY, View.NEURAL, 400, 1);
    private final TrainingSet fresh = Generated.rows(Task.BINARY, View.NEURAL, 200, 2);

    @Test
    void keepsTheEpochWithTheLeastValidationLossAndRepeatsItWithoutValidation() {
        NeuralParameters stopping = parameters(40, 10);
        NetworkModel stopped = (NetworkModel) learner.fit(stopping, rows, fresh, new FitContext(1, 1));
        List<Double> losses = stopped.learningCurves().get(1).values();
        int kept = stopped.header().kept();
        assertThat(losses.get(kept - 1))
                .isEqualTo(losses.stream().min(Double::compare).orElseThrow());
        assertThat(Generated.loss(fresh, stopped.predict(fresh.features())))
                .isCloseTo(losses.get(kept - 1), within(1e-4));
        TrainedModel again = learner.fit(learner.settled(stopping, stopped), rows, null, new FitContext(1, 1));
        assertThat(again.predict(fresh.features())).isEqualTo(stopped.predict(fresh.features()));
        assertThat(again.learningCurves()).hasSize(1);
        assertThat(again.learningCurves().get(0).values()).hasSize(kept);
    }

    @Test
    void endsInTimeWithTheWholeScheduleInShort() {
        NeuralParameters endless = parameters(10_000, 10_000);
        long start = System.nanoTime();
        FitContext context = new FitContext(1, 1, Deadline.after(Duration.ofMillis(1500)));
        TrainedModel model = learner.fit(endless, rows, fresh, context);
        assertThat(System.nanoTime() - start).isBetween(750_000_000L, 2_500_000_000L);
        assertThat(Generated.loss(fresh, model.predict(fresh.features()))).isLessThan(0.4);
        // The steps grew short towards the end, as they do without a limit.
        List<Double> losses = model.learningCurves().get(0).values();
        int tenth = losses.size() / 10;
        assertThat(mean(losses.subList(losses.size() - tenth, losses.size())))
                .isLessThan(mean(losses.subList(0, tenth)));
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> learner.fit(parameters(40, 0), rows, null, new FitContext(1, 1)))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void staysFiniteWhereStepsAreTooLong() {
        float[] values = new float[400 * 2];
        Random random = new Random(1);
        double[] targets = new double[400];
        for (int row = 0; row < 400; row++) {
            values[2 * row] = (float) (1e30 * random.nextGaussian());
            values[2 * row + 1] = random.nextInt(50) == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            targets[row] = 1e12 * random.nextGaussian();
        }
        List<Feature> features = List.of(new Feature("a", "a", 0), new Feature("b", "b", 0));
        FeatureMatrix matrix = new FeatureMatrix(features, 400, values);
        TrainingSet wild = new TrainingSet(matrix, new Target("y", Task.REGRESSION, List.of()), targets, null);
        double[] outputs =
                learner.fit(parameters(20, 0), wild, null, new FitContext(1, 1)).predict(matrix);
        assertThat(Arrays.stream(outputs).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void learnsFromMoreColumnsThanRowsAndFromManyCategories() {
        int columns = 300;
        List<Feature> features = new ArrayList<>();
        features.add(new Feature("city", "city", 10_000));
        for (int column = 1; column < columns; column++) {
            features.add(new Feature("x" + column, "x" + column, 0));
        }
        Random random = new Random(1);
        float[] values = new float[60 * columns];
        double[] targets = new double[60];
        for (int row = 0; row < 60; row++) {
            values[row * columns] = random.nextInt(10_000);
            for (int column = 1; column < columns; column++) {
                values[row * columns + column] = (float) random.nextGaussian();
            }
            targets[row] = row % 2;
        }
        FeatureMatrix matrix = new FeatureMatrix(features, 60, values);
        TrainingSet wide = new TrainingSet(matrix, rows.target(), targets, null);
        TrainedModel model = learner.fit(parameters(10, 0), wide, null, new FitContext(1, 1));
        assertThat(model.predict(matrix)).doesNotContain(Double.NaN);
    }

    @Test
    void refusesANetworkThatTheMemoryCannotHold() {
        List<Feature> features = new ArrayList<>();
        for (int column = 0; column < 2000; column++) {
            features.add(new Feature("c" + column, "c" + column, 1_000_000));
        }
        FeatureMatrix matrix = new FeatureMatrix(features, 2, new float[2 * 2000]);
        TrainingSet huge = new TrainingSet(matrix, rows.target(), new double[] {0, 1}, null);
        assertThatThrownBy(() -> learner.fit(parameters(1, 0), huge, null, new FitContext(1, 1)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("neural_network")
                .hasMessageContaining("use 'xgboost' instead");
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    private static NeuralParameters parameters(int epochs, int patience) {
        NeuralParameters usual = NeuralParameters.defaults();
        return new NeuralParameters(
                2,
                32,
                usual.activation(),
                8,
                4,
                epochs,
                1_000_000_000,
                64,
                usual.learningRate(),
                0.1,
                usual.weightDecay(),
                0,
                patience,
                0);
    }
}
