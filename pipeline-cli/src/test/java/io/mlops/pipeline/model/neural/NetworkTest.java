package io.mlops.pipeline.model.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.TrainingSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final int ROWS = 24;

    private static final List<Input> INPUTS = List.of(
            new Input(Input.Kind.PERIODIC, 0),
            new Input(Input.Kind.NUMBER, 0),
            new Input(Input.Kind.ONE_HOT, 3),
            new Input(Input.Kind.EMBEDDING, 12));

    private static final int[] ORDER = IntStream.range(0, ROWS).toArray();

    @Test
    void itsGradientsAreThoseOfItsLoss() {
        for (Task task : Task.values()) {
            for (Activation activation : Activation.values()) {
                TrainingSet rows = rows(task);
                Network network = network(rows, activation);
                Goal goal = Goal.of(rows, 0.1);
                float[][] up = new float[rows.target().outputs()][ROWS];
                goal.gradient(forward(network, rows), rows, ORDER, 0, ROWS, up);
                network.backward(up, ROWS, 0);
                for (Tensor tensor : network.tensors()) {
                    int row = tensor.values.length / 2;
                    int column = tensor.columns() / 2;
                    double slope = slope(network, tensor, row, column, rows);
                    assertThat((double) tensor.gradient[row][column])
                            .as("%s %s", task, activation)
                            .isCloseTo(slope, within(0.03 * Math.abs(slope) + 2e-3));
                }
            }
        }
    }

    /** The slope of the smoothed loss, by finite differences. */
    private static double slope(Network network, Tensor tensor, int row, int column, TrainingSet rows) {
        float step = 4e-3f;
        float usual = tensor.values[row][column];
        tensor.values[row][column] = usual + step;
        double above = loss(network, rows);
        tensor.values[row][column] = usual - step;
        double below = loss(network, rows);
        tensor.values[row][column] = usual;
        return (above - below) / (2 * step);
    }

    private static double loss(Network network, TrainingSet rows) {
        float[][] outputs = forward(network, rows);
        int classes = outputs.length;
        double sum = 0;
        for (int j = 0; j < ROWS; j++) {
            if (classes == 1) {
                Goal goal = Goal.of(rows, 0);
                double error = outputs[0][j] - (rows.values()[j] - goal.center()) / goal.scale();
                sum += error * error;
            } else {
                double total = 0;
                for (float[] output : outputs) {
                    total += Math.exp(output[j]);
                }
                for (int k = 0; k < classes; k++) {
                    double wanted = 0.1 / classes + (k == (int) rows.values()[j] ? 0.9 : 0);
                    sum += wanted * (Math.log(total) - outputs[k][j]);
                }
            }
        }
        return sum / ROWS;
    }

    private static float[][] forward(Network network, TrainingSet rows) {
        return network.forward(rows.features(), ORDER, 0, ROWS, 0, null);
    }

    private static Network network(TrainingSet rows, Activation activation) {
        NeuralParameters usual = NeuralParameters.defaults();
        NeuralParameters small =
                new NeuralParameters(2, 6, activation, 5, 3, 10, 1000, ROWS, usual.learningRate(), 0, 0, 0, 0, 0);
        Random random = new Random(3);
        Network network = new Network(INPUTS, small, rows.target().outputs(), ROWS, random);
        network.draw(rows.features(), ORDER, random);
        // The last layer starts at 0, which lets nothing through.
        network.tensors().get(network.tensors().size() - 2).normal(random, 1);
        return network;
    }

    private static TrainingSet rows(Task task) {
        TrainingSet generated = Generated.rows(task, View.NEURAL, ROWS, 1);
        Random random = new Random(2);
        float[] values = new float[ROWS * INPUTS.size()];
        for (int row = 0; row < ROWS; row++) {
            values[row * 4] = (float) random.nextGaussian();
            values[row * 4 + 1] = (float) random.nextGaussian();
            values[row * 4 + 2] = random.nextInt(3);
            values[row * 4 + 3] = random.nextInt(12);
        }
        List<Feature> features = List.of(
                new Feature("wave", "wave", 0),
                new Feature("number", "number", 0),
                new Feature("few", "few", 3),
                new Feature("many", "many", 12));
        return new TrainingSet(new FeatureMatrix(features, ROWS, values), generated.target(), generated.values(), null);
    }
}
