package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.explain.ReferenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of training. */
final class NeuralTraining {
    /** What is left of the time is planned up to this share: validation and surprises take the rest. */
    private static final double PLANNED = 0.9;

    /** The pace of fewer steps says little. */
    private static final int PACE = 20;

    private final NeuralParameters parameters;
    private final TrainingSet training;
    private final @Nullable TrainingSet validation;
    private final Deadline deadline;
    private final Random random;
    private final Bits bits;
    private final Goal goal;
    private final List<Input> inputs;
    private final Network network;
    private final int batch;
    private final int[] order;
    private final float[][] up;
    private final List<Double> trainingLosses = new ArrayList<>();
    private final List<Double> validationLosses = new ArrayList<>();
    private List<float[][]> best;
    private int kept;

    NeuralTraining(
            NeuralParameters parameters,
            List<Input> inputs,
            TrainingSet training,
            @Nullable TrainingSet validation,
            FitContext context) {
        this.parameters = parameters;
        this.training = training;
        this.validation = validation == null || validation.rows() == 0 ? null : validation;
        this.inputs = inputs;
        deadline = context.deadline();
        random = new Random(context.seed());
        bits = new Bits(context.seed());
        goal = Goal.of(training, parameters.labelSmoothing());
        batch = Math.min(parameters.batchSize(), training.rows());
        order = IntStream.range(0, training.rows()).toArray();
        network = new Network(inputs, parameters, training.target().outputs(), batch, random);
        up = new float[training.target().outputs()][batch];
        shuffle();
        network.draw(training.features(), order, random);
        best = network.copy();
    }

    NetworkModel run() {
        int epochs = parameters.epochs(training.rows());
        int last = parameters.stopAfter() == 0 ? epochs : Math.min(epochs, parameters.stopAfter());
        int perEpoch = training.rows() / batch;
        long planned = (long) epochs * perEpoch;
        long remaining = planned;
        double progress = 0;
        int steps = 0;
        boolean late = false;
        long start = System.nanoTime();
        for (int epoch = 1; epoch <= last && remaining > 0 && !late && !stopped(); epoch++) {
            shuffle();
            double loss = 0;
            double seen = 0;
            for (int step = 0; step < perEpoch && remaining > 0 && !late; step++) {
                loss += step(step * batch, progress, ++steps);
                seen += batch;
                progress += (1 - progress) / remaining;
                remaining = planned - steps;
                if (deadline.isLimited()) {
                    late = deadline.passed();
                    remaining = within(remaining, (System.nanoTime() - start) / (double) steps, steps);
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("training was interrupted");
                }
            }
            if (!network.isFinite()) {
                break;
            }
            trainingLosses.add(goal.shown(loss / seen));
            judge(epoch);
        }
        network.restore(best);
        return new NetworkModel(header(epochs), network.weights(), curves(), ReferenceRow.of(training.features()));
    }

    /** How many of the remaining steps can be made in time. */
    private long within(long remaining, double nanosPerStep, int steps) {
        if (steps < PACE) {
            return remaining;
        }
        return Math.min(remaining, (long) (PLANNED * deadline.left().toNanos() / nanosPerStep));
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[j];
            order[j] = row;
        }
    }

    private double step(int from, double progress, int number) {
        double dropout = parameters.dropout() * Schedule.ending(progress);
        float[][] outputs = network.forward(training.features(), order, from, batch, dropout, bits);
        double loss = goal.gradient(outputs, training, order, from, batch, up);
        network.backward(up, batch, dropout);
        network.step(Tensor.Step.of(
                parameters.learningRate() * Schedule.waves(progress),
                parameters.weightDecay() * Schedule.ending(progress),
                number));
        return loss;
    }

    /** Keeps the weights where they are the best so far, or where nothing tells which are. */
    private void judge(int epoch) {
        if (validation == null) {
            best = network.copy();
            kept = epoch;
            return;
        }
        double loss = goal.shown(validationLoss(validation));
        validationLosses.add(loss);
        if (parameters.earlyStoppingEpochs() == 0 || kept == 0 || loss < validationLosses.get(kept - 1)) {
            best = network.copy();
            kept = epoch;
        }
    }

    private double validationLoss(TrainingSet rows) {
        int[] all = IntStream.range(0, rows.rows()).toArray();
        double loss = 0;
        double weight = 0;
        for (int from = 0; from < all.length; from += batch) {
            int n = Math.min(batch, all.length - from);
            float[][] outputs = network.forward(rows.features(), all, from, n, 0, null);
            loss += goal.loss(outputs, rows, all, from, n);
            for (int row = from; row < from + n; row++) {
                weight += rows.weight(row);
            }
        }
        return loss / weight;
    }

    private boolean stopped() {
        return validation != null
                && parameters.earlyStoppingEpochs() > 0
                && validationLosses.size() - kept >= parameters.earlyStoppingEpochs();
    }

    private NetworkHeader header(int epochs) {
        return new NetworkHeader(
                goal.kind(),
                parameters.activation(),
                NetworkModel.names(training.features().features()),
                inputs,
                parameters.layers(),
                parameters.width(),
                parameters.embedding(),
                parameters.frequencies(),
                training.target().outputs(),
                goal.center(),
                goal.scale(),
                goal.lower(),
                goal.upper(),
                epochs,
                kept);
    }

    private List<LearningCurve> curves() {
        List<LearningCurve> curves = new ArrayList<>();
        curves.add(new LearningCurve(goal.metric(), "train", trainingLosses));
        if (validation != null) {
            curves.add(new LearningCurve(goal.metric(), "validation", validationLosses));
        }
        return curves;
    }
}
