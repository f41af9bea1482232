package io.mlops.pipeline.model.neural;

import java.util.Arrays;
import java.util.Random;

/** Weights that are learned together, with their gradient and what Adam (Kingma and Ba 2015) remembers of it. */
final class Tensor {
    private static final float MOMENTUM = 0.9f;
    private static final float SQUARE_MOMENTUM = 0.95f;
    private static final float EPSILON = 1e-8f;

    /** Keeps means that fade away from becoming subnormal numbers, which are slow. */
    private static final float TINY = 1e-28f;

    final float[][] values;
    final float[][] gradient;
    private final float[][] mean;
    private final float[][] square;
    private final float rate;
    private final boolean decays;

    /**
     * Weights of 0.
     *
     * @param rate the factor of the learning rate
     * @param decays whether weight decay acts on them
     */
    Tensor(int rows, int columns, double rate, boolean decays) {
        values = new float[rows][columns];
        gradient = new float[rows][columns];
        mean = new float[rows][columns];
        square = new float[rows][columns];
        this.rate = (float) rate;
        this.decays = decays;
    }

    int columns() {
        return values[0].length;
    }

    void fill(float value) {
        for (float[] row : values) {
            Arrays.fill(row, value);
        }
    }

    void normal(Random random, double deviation) {
        for (float[] row : values) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (deviation * random.nextGaussian());
            }
        }
    }

    void uniform(Random random, double bound) {
        for (float[] row : values) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    }

    void step(Step step) {
        float scaled = rate * step.rate();
        float kept = decays ? 1 - scaled * step.decay() : 1;
        for (int row = 0; row < values.length; row++) {
            update(row, kept, scaled * step.meanCorrection(), step.squareCorrection());
        }
    }

    private void update(int row, float kept, float scaled, float correction) {
        float[] weights = values[row];
        float[] slope = gradient[row];
        float[] first = mean[row];
        float[] second = square[row];
        int n = weights.length;
        for (int j = 0; j < n; j++) {
            first[j] = MOMENTUM * first[j] + (1 - MOMENTUM) * slope[j] + TINY;
        }
        for (int j = 0; j < n; j++) {
            second[j] = SQUARE_MOMENTUM * second[j] + (1 - SQUARE_MOMENTUM) * slope[j] * slope[j] + TINY;
        }
        for (int j = 0; j < n; j++) {
            weights[j] = kept * weights[j] - scaled * first[j] / ((float) Math.sqrt(correction * second[j]) + EPSILON);
        }
    }

    float[][] copy() {
        float[][] copy = new float[values.length][];
        for (int row = 0; row < copy.length; row++) {
            copy[row] = values[row].clone();
        }
        return copy;
    }

    void restore(float[][] saved) {
        for (int row = 0; row < saved.length; row++) {
            System.arraycopy(saved[row], 0, values[row], 0, saved[row].length);
        }
    }

    /**
     * One step of Adam.
     *
     * @param meanCorrection what makes up for the mean of the gradient having started at 0
     * @param squareCorrection the same for the mean of its square
     */
    record Step(float rate, float decay, float meanCorrection, float squareCorrection) {
        static Step of(double rate, double decay, int number) {
            return new Step((float) rate, (float) decay, (float) (1 / (1 - StrictMath.pow(MOMENTUM, number))), (float)
                    (1 / (1 - StrictMath.pow(SQUARE_MOMENTUM, number))));
        }
    }
}
