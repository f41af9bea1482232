package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A network while it learns, with room for one batch of rows. */
final class Network {
    /** The factor of the learning rate of the inputs' scales. */
    private static final double SCALE_RATE = 6;

    private final List<Input> inputs;
    private final int batch;
    private final List<@Nullable Periodic> waves = new ArrayList<>();
    private final List<@Nullable Tensor> embeddings = new ArrayList<>();
    private final int[] places;
    private final Tensor scales;
    private final List<Dense> layers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final int[][] codes;
    private final float[][] raw;
    private final float[][] scaled;

    Network(List<Input> inputs, NeuralParameters parameters, int outputs, int batch, Random random) {
        this.inputs = inputs;
        this.batch = batch;
        places = new int[inputs.size() + 1];
        for (int f = 0; f < inputs.size(); f++) {
            Input input = inputs.get(f);
            places[f + 1] = places[f] + input.width(parameters.embedding());
            Periodic wave = null;
            Tensor embedding = null;
            if (input.kind() == Input.Kind.PERIODIC) {
                wave = new Periodic(parameters.frequencies(), batch, random);
                tensors.addAll(wave.tensors());
            } else if (input.kind() == Input.Kind.EMBEDDING) {
                embedding = new Tensor(input.levels() + 1, parameters.embedding(), 1, true);
                embedding.normal(random, 1);
                tensors.add(embedding);
            }
            waves.add(wave);
            embeddings.add(embedding);
        }
        int width = places[inputs.size()];
        scales = new Tensor(1, width, SCALE_RATE, true);
        scales.fill(1);
        tensors.add(scales);
        raw = new float[width][batch];
        scaled = new float[width][batch];
        codes = new int[inputs.size()][batch];
        int below = width;
        for (int layer = 0; layer < parameters.layers(); layer++) {
            layers.add(new Dense(below, parameters.width(), parameters.activation(), batch));
            below = parameters.width();
        }
        layers.add(new Dense(below, outputs, null, batch));
        layers.forEach(layer -> tensors.addAll(layer.tensors()));
    }

    List<Tensor> tensors() {
        return tensors;
    }

    int batch() {
        return batch;
    }

    /** How many numbers are learned. */
    static long size(List<Input> inputs, NeuralParameters parameters, int outputs) {
        long size = 0;
        long below = 0;
        for (Input input : inputs) {
            int width = input.width(parameters.embedding());
            below += width;
            size += switch (input.kind()) {
                case NUMBER, ONE_HOT -> 0;
                case PERIODIC -> (2L + Periodic.SUMS) * parameters.frequencies() + Periodic.SUMS;
                case EMBEDDING -> (input.levels() + 1L) * width;
            };
        }
        size += below;
        for (int layer = 0; layer < parameters.layers(); layer++) {
            size += (below + 2) * parameters.width();
            below = parameters.width();
        }
        return size + (below + 1) * outputs;
    }

    /** Draws the weights of the layers to suit some rows; those of the last layer are 0. */
    void draw(FeatureMatrix features, int[] rows, Random random) {
        int n = Math.min(batch, rows.length);
        float[][] x = inputs(features, rows, 0, n);
        for (Dense layer : layers.subList(0, layers.size() - 1)) {
            layer.draw(x, n, random);
            layer.forward(x, n, 0, null);
            x = layer.out;
        }
    }

    /** The outputs of n rows, one array for each output. */
    float[][] forward(FeatureMatrix features, int[] rows, int from, int n, double dropout, @Nullable Bits bits) {
        float[][] x = inputs(features, rows, from, n);
        for (Dense layer : layers) {
            layer.forward(x, n, dropout, bits);
            x = layer.out;
        }
        return x;
    }

    private float[][] inputs(FeatureMatrix features, int[] rows, int from, int n) {
        int columns = features.columns();
        float[] values = features.values();
        for (int j = 0; j < n; j++) {
            int at = rows[from + j] * columns;
            for (int f = 0; f < columns; f++) {
                take(f, values[at + f], j);
            }
        }
        for (int f = 0; f < columns; f++) {
            Periodic wave = waves.get(f);
            if (wave != null) {
                wave.forward(raw[places[f]], raw, places[f] + 1, n);
            }
        }
        for (int i = 0; i < raw.length; i++) {
            System.arraycopy(raw[i], 0, scaled[i], 0, n);
            Kernels.scale(scaled[i], scales.values[0][i], n);
        }
        return scaled;
    }

    private void take(int feature, float value, int j) {
        Input input = inputs.get(feature);
        int place = places[feature];
        switch (input.kind()) {
            case NUMBER, PERIODIC -> raw[place][j] = (float) Input.bend(value);
            case ONE_HOT -> {
                int code = input.code(value);
                if (input.levels() == 2) {
                    raw[place][j] = code == 2 ? 0 : 2 * code - 1;
                } else {
                    for (int level = 0; level < input.levels(); level++) {
                        raw[place + level][j] = level == code ? 1 : 0;
                    }
                }
            }
            case EMBEDDING -> {
                int code = input.code(value);
                codes[feature][j] = code;
                Tensor embedding = embeddings.get(feature);
                if (embedding != null) {
                    for (int k = 0; k < embedding.columns(); k++) {
                        raw[place + k][j] = embedding.values[code][k];
                    }
                }
            }
        }
    }

    /**
     * Computes all gradients after {@link #forward}.
     *
     * @param up the gradient of the outputs; overwritten
     */
    void backward(float[][] up, int n, double dropout) {
        float[][] above = up;
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
            float[][] x = layer == 0 ? scaled : layers.get(layer - 1).out;
            float[][] down = new float[x.length][n];
            layers.get(layer).backward(x, above, down, n, dropout);
            above = down;
        }
        for (int i = 0; i < raw.length; i++) {
            scales.gradient[0][i] = Kernels.dot(above[i], raw[i], n);
            Kernels.scale(above[i], scales.values[0][i], n);
        }
        for (int f = 0; f < inputs.size(); f++) {
            Periodic wave = waves.get(f);
            if (wave != null) {
                wave.backward(raw[places[f]], above, places[f] + 1, n);
            }
            Tensor embedding = embeddings.get(f);
            if (embedding != null) {
                embed(embedding, codes[f], above, places[f], n);
            }
        }
    }

    private static void embed(Tensor embedding, int[] codes, float[][] up, int place, int n) {
        for (float[] row : embedding.gradient) {
            Arrays.fill(row, 0);
        }
        for (int k = 0; k < embedding.columns(); k++) {
            for (int j = 0; j < n; j++) {
                embedding.gradient[codes[j]][k] += up[place + k][j];
            }
        }
    }

    void step(Tensor.Step step) {
        tensors.forEach(tensor -> tensor.step(step));
    }

    /** Whether no weight has run away. */
    boolean isFinite() {
        for (Tensor tensor : tensors) {
            for (float[] row : tensor.values) {
                // Multiplied by 0, a number that is not finite is not 0.
                if (Kernels.sum(row, row.length) * 0 != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    List<float[][]> copy() {
        return tensors.stream().map(Tensor::copy).toList();
    }

    void restore(List<float[][]> saved) {
        for (int i = 0; i < saved.size(); i++) {
            tensors.get(i).restore(saved.get(i));
        }
    }

    /** The numbers of a saved network, in its order: those of each input, then of each layer. */
    float[] weights() {
        List<float[]> parts = new ArrayList<>();
        for (int f = 0; f < inputs.size(); f++) {
            Periodic wave = waves.get(f);
            if (wave != null) {
                wave.tensors().forEach(tensor -> parts.addAll(List.of(tensor.values)));
            }
            Tensor embedding = embeddings.get(f);
            if (embedding != null) {
                parts.addAll(List.of(embedding.values));
            }
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            Dense dense = layers.get(layer);
            for (int o = 0; o < dense.out.length; o++) {
                float[] row = dense.weights(o);
                if (layer == 0) {
                    Kernels.multiply(row, scales.values[0], row.length);
                }
                parts.add(row);
            }
            parts.add(dense.bias());
            if (layer < layers.size() - 1) {
                parts.add(dense.strength());
            }
        }
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
