package io.mlops.pipeline.model.neural;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a number becomes beside itself: three learned sums of cosines of learned frequencies (PBLD, Holzmüller et al. 2024).
 */
final class Periodic {
    static final int SUMS = 3;

    private static final double RATE = 0.1;
    private static final double DEVIATION = 0.1;

    private final int frequencies;
    private final Tensor frequency;
    private final Tensor phase;
    private final Tensor weights;
    private final Tensor bias;
    private final float[][] cosines;
    private final float[][] sines;
    private final float[] scratch;
    private final float[] column;

    Periodic(int frequencies, int batch, Random random) {
        this.frequencies = frequencies;
        frequency = new Tensor(1, frequencies, RATE, true);
        phase = new Tensor(1, frequencies, RATE, true);
        weights = new Tensor(SUMS, frequencies, RATE, true);
        bias = new Tensor(1, SUMS, RATE, true);
        frequency.normal(random, DEVIATION);
        phase.uniform(random, 0.5);
        weights.uniform(random, 1 / Math.sqrt(frequencies));
        bias.uniform(random, 1 / Math.sqrt(frequencies));
        cosines = new float[frequencies][batch];
        sines = new float[frequencies][batch];
        scratch = new float[batch];
        column = new float[SUMS];
    }

    /** Frequencies and phases in turns, then the weights and biases of the sums. */
    List<Tensor> tensors() {
        return List.of(frequency, phase, weights, bias);
    }

    void forward(float[] x, float[][] out, int from, int n) {
        for (int h = 0; h < frequencies; h++) {
            turns(scratch, x, frequency.values[0][h], phase.values[0][h], n);
            Kernels.wave(scratch, cosines[h], sines[h], n);
        }
        for (int k = 0; k < SUMS; k++) {
            Arrays.fill(out[from + k], 0, n, bias.values[0][k]);
            Kernels.combine(out[from + k], weights.values[k], cosines, 0, frequencies, n);
        }
    }

    private static void turns(float[] turns, float[] x, float frequency, float phase, int n) {
        for (int j = 0; j < n; j++) {
            turns[j] = x[j] * frequency + phase;
        }
    }

    void backward(float[] x, float[][] up, int from, int n) {
        float[][] mine = new float[SUMS][];
        for (int k = 0; k < SUMS; k++) {
            mine[k] = up[from + k];
            bias.gradient[0][k] = Kernels.sum(mine[k], n);
            for (int h = 0; h < frequencies; h++) {
                weights.gradient[k][h] = Kernels.dot(mine[k], cosines[h], n);
            }
        }
        for (int h = 0; h < frequencies; h++) {
            for (int k = 0; k < SUMS; k++) {
                column[k] = weights.values[k][h];
            }
            Arrays.fill(scratch, 0, n, 0);
            Kernels.combine(scratch, column, mine, 0, SUMS, n);
            Kernels.multiply(scratch, sines[h], n);
            Kernels.scale(scratch, (float) (-2 * Math.PI), n);
            phase.gradient[0][h] = Kernels.sum(scratch, n);
            frequency.gradient[0][h] = Kernels.dot(scratch, x, n);
        }
    }
}
