package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.space.Space;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A multilayer perceptron for tables, after RealMLP (Holzmüller et al. 2024); one thread per fit. */
public final class NeuralNetwork implements Learner<NeuralParameters> {
    /** Up to so many categories each has an input of its own. */
    private static final int MOST_ONE_HOT = 8;

    /** Numbers with fewer distinct values have no waves to learn. */
    private static final int LEAST_DISTINCT = 4;

    /** Beyond so many numbers, such as those of words, waves would be most of the network. */
    private static final int MOST_PERIODIC = 64;

    /** The share of the heap that one fit may take: several run side by side. */
    private static final double HEAP_SHARE = 0.3;

    /** For each weight: its value, its gradient, Adam's two means of it, and the best so far, in training and saved. */
    private static final int COPIES = 7;

    @Override
    public String name() {
        return NetworkModel.NAME;
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.allOf(Task.class);
    }

    @Override
    public View view() {
        return View.NEURAL;
    }

    @Override
    public NeuralParameters defaults(Task task) {
        return task.isClassification() ? NeuralParameters.defaults() : NeuralParameters.regressionDefaults();
    }

    /** RealMLP's space (Holzmüller et al. 2024) within what trains in seconds. */
    @Override
    public Space searchSpace(Task task) {
        Space.Builder space = Space.builder()
                .log("learning_rate", 5e-3, 0.5)
                .whole("layers", 1, 4)
                .wholeLog("width", 32, 512)
                .choice("activation", "selu", "mish")
                .wholeLog("frequencies", 4, 48)
                .wholeLog("embedding", 2, 32)
                .wholeLog("batch_size", 64, 1024)
                .real("dropout", 0, 0.5)
                .log("weight_decay", 1e-3, 0.2);
        if (task.isClassification()) {
            space.real("label_smoothing", 0, 0.1);
        }
        return space.build();
    }

    @Override
    public boolean stopsEarly(NeuralParameters parameters) {
        return parameters.earlyStoppingEpochs() > 0;
    }

    @Override
    public NeuralParameters settled(NeuralParameters parameters, TrainedModel stopped) {
        NetworkHeader header = ((NetworkModel) stopped).header();
        return parameters.settled(header.epochs(), Math.max(1, header.kept()));
    }

    @Override
    public TrainedModel fit(
            NeuralParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        List<Input> inputs = inputs(training.features(), parameters.frequencies() > 0);
        requireMemory(inputs, parameters, training.target().outputs(), training.rows());
        return new NeuralTraining(parameters, inputs, training, validation, context).run();
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return NetworkModel.load(folder, target, features);
    }

    private static List<Input> inputs(FeatureMatrix matrix, boolean waves) {
        List<Input> inputs = new ArrayList<>();
        int periodic = 0;
        for (int column = 0; column < matrix.columns(); column++) {
            int levels = matrix.features().get(column).levels();
            Input.Kind kind;
            if (levels > MOST_ONE_HOT) {
                kind = Input.Kind.EMBEDDING;
            } else if (levels > 0) {
                kind = Input.Kind.ONE_HOT;
            } else if (waves && varies(matrix, column)) {
                kind = Input.Kind.PERIODIC;
                periodic++;
            } else {
                kind = Input.Kind.NUMBER;
            }
            inputs.add(new Input(kind, levels));
        }
        if (periodic > MOST_PERIODIC) {
            inputs.replaceAll(input -> input.kind() == Input.Kind.PERIODIC ? new Input(Input.Kind.NUMBER, 0) : input);
        }
        return inputs;
    }

    private static boolean varies(FeatureMatrix matrix, int column) {
        float[] seen = new float[LEAST_DISTINCT];
        int count = 0;
        for (int row = 0; row < matrix.rows() && count < LEAST_DISTINCT; row++) {
            float value = matrix.get(row, column);
            boolean known = Float.isNaN(value);
            for (int i = 0; i < count && !known; i++) {
                known = seen[i] == value;
            }
            if (!known) {
                seen[count++] = value;
            }
        }
        return count == LEAST_DISTINCT;
    }

    private static void requireMemory(List<Input> inputs, NeuralParameters parameters, int outputs, int rows) {
        double weights = Network.size(inputs, parameters, outputs);
        double neurons = (double) parameters.layers() * parameters.width() + outputs;
        for (Input input : inputs) {
            neurons += input.width(parameters.embedding());
        }
        double bytes = Float.BYTES * (COPIES * weights + 6 * neurons * Math.min(rows, parameters.batchSize()));
        double most = HEAP_SHARE * Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw PipelineException.usage(String.format(
                    Locale.ROOT,
                    "model '%s' would learn %,.0f weights, which takes %.1f GB, more than the %.1f GB that fit; give it"
                            + " fewer features (max_levels, text_features), a smaller width or batch_size, Java more"
                            + " memory (-Xmx), or use 'xgboost' instead",
                    NetworkModel.NAME,
                    weights,
                    bytes / 1e9,
                    most / 1e9));
        }
    }
}
