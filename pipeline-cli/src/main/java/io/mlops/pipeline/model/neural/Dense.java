package io.mlops.pipeline.model.neural;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A layer in which every neuron sees every input: weights over the root of their number (Jacot et al. 2018), an activation
 * of learned strength, dropout. A batch is held column by column, one array of rows for each input or neuron.
 */
final class Dense {
    /** Rows whose mixture a neuron's bias places its bend at. */
    private static final int MIXED = 5;

    private final int inputs;
    private final int outputs;
    private final float scale;
    private final @Nullable Activation activation;

    /** Whether a row of the weights belongs to a neuron, rather than to an input: the longer side is contiguous. */
    private final boolean byNeuron;

    private final Tensor weights;
    private final Tensor bias;
    private final Tensor strength;
    private final float[][] flipped;
    private final float[][] bent;
    private final float[][] slope;
    private final float[][] masks;
    private final float[][] turned;
    final float[][] sums;
    final float[][] out;

    Dense(int inputs, int outputs, @Nullable Activation activation, int batch) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.activation = activation;
        scale = (float) (1 / Math.sqrt(inputs));
        byNeuron = inputs >= outputs;
        weights = byNeuron ? new Tensor(outputs, inputs, 1, true) : new Tensor(inputs, outputs, 1, true);
        bias = new Tensor(1, outputs, 0.1, false);
        strength = new Tensor(1, outputs, 0.1, false);
        strength.fill(1);
        flipped = new float[weights.columns()][weights.values.length];
        sums = new float[outputs][batch];
        bent = activation == null ? new float[0][] : new float[outputs][batch];
        slope = activation == null ? new float[0][] : new float[outputs][batch];
        masks = activation == null ? new float[0][] : new float[outputs][batch];
        out = activation == null ? sums : new float[outputs][batch];
        turned = new float[batch][Math.max(inputs, outputs)];
    }

    List<Tensor> tensors() {
        return activation == null ? List.of(weights, bias) : List.of(weights, bias, strength);
    }

    private float weight(int neuron, int input) {
        return byNeuron ? weights.values[neuron][input] : weights.values[input][neuron];
    }

    /** The weights of a neuron as they act. */
    float[] weights(int neuron) {
        float[] row = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            row[i] = scale * weight(neuron, i);
        }
        return row;
    }

    float[] bias() {
        return bias.values[0];
    }

    float[] strength() {
        return strength.values[0];
    }

    /** Draws weights that give every sum the deviation 1 on these rows, with bends among the rows. */
    void draw(float[][] x, int n, Random random) {
        weights.normal(random, 1);
        sum(x, n);
        for (int o = 0; o < outputs; o++) {
            double mean = Kernels.sum(sums[o], n) / n;
            double squares = 0;
            for (int j = 0; j < n; j++) {
                squares += (sums[o][j] - mean) * (sums[o][j] - mean);
            }
            double deviation = Math.sqrt(squares / n);
            float factor = deviation > 1e-6 ? (float) (1 / deviation) : 1;
            for (int i = 0; i < inputs; i++) {
                if (byNeuron) {
                    weights.values[o][i] *= factor;
                } else {
                    weights.values[i][o] *= factor;
                }
            }
            double mixture = 0;
            double total = 0;
            for (int k = 0; k < MIXED; k++) {
                double share = -StrictMath.log(1 - random.nextDouble());
                mixture += share * factor * sums[o][random.nextInt(n)];
                total += share;
            }
            bias.values[0][o] = (float) (-mixture / total);
        }
    }

    private void sum(float[][] x, int n) {
        Kernels.product(sums, byNeuron ? weights.values : flip(), x, outputs, inputs, n);
        for (int o = 0; o < outputs; o++) {
            Kernels.stretch(sums[o], scale, bias.values[0][o], n);
        }
    }

    private float[][] flip() {
        Kernels.transpose(weights.values, flipped, weights.values.length, weights.columns());
        return flipped;
    }

    /** Computes {@link #out}; without dropout where there are no bits. */
    void forward(float[][] x, int n, double dropout, @Nullable Bits bits) {
        sum(x, n);
        if (activation == null) {
            return;
        }
        for (int o = 0; o < outputs; o++) {
            activation.apply(sums[o], bent[o], slope[o], n);
            mix(out[o], sums[o], bent[o], strength.values[0][o], n);
            if (bits != null && dropout > 0) {
                bits.mask(masks[o], dropout, n);
                Kernels.multiply(out[o], masks[o], n);
            }
        }
    }

    private static void mix(float[] out, float[] sums, float[] bent, float strength, int n) {
        for (int j = 0; j < n; j++) {
            out[j] = sums[j] + strength * (bent[j] - sums[j]);
        }
    }

    /**
     * Computes the gradients of the weights and of the inputs.
     *
     * @param up the gradient of {@link #out}; overwritten
     * @param down takes the gradient of x
     */
    void backward(float[][] x, float[][] up, float[][] down, int n, double dropout) {
        for (int o = 0; o < outputs; o++) {
            if (activation != null) {
                if (dropout > 0) {
                    Kernels.multiply(up[o], masks[o], n);
                }
                float power = strength.values[0][o];
                strength.gradient[0][o] = Kernels.dot(up[o], bent[o], n) - Kernels.dot(up[o], sums[o], n);
                steepen(up[o], slope[o], power, n);
            }
            bias.gradient[0][o] = Kernels.sum(up[o], n);
        }
        Kernels.product(down, byNeuron ? flip() : weights.values, up, inputs, outputs, n);
        for (int i = 0; i < inputs; i++) {
            Kernels.scale(down[i], scale, n);
        }
        int length = weights.columns();
        Kernels.transpose(byNeuron ? x : up, turned, length, n);
        Kernels.product(weights.gradient, byNeuron ? up : x, turned, weights.gradient.length, n, length);
        for (float[] row : weights.gradient) {
            Kernels.scale(row, scale, length);
        }
    }

    private static void steepen(float[] up, float[] slope, float strength, int n) {
        for (int j = 0; j < n; j++) {
            up[j] *= 1 + strength * (slope[j] - 1);
        }
    }
}
