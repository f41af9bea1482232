package io.mlops.pipeline.model.neural;

/**
 * The inner loops.
 *
 * <p>C2 makes vector instructions of a loop only where it has one store, few operands and arrays read from index 0 on, so
 * a matrix is an array of rows here. No loop reorders a sum, and no function of the processor's own is used: the same
 * inputs give the same bits on every machine.
 */
final class Kernels {
    /** Adding and subtracting it rounds a float to a whole number. */
    private static final float ROUND = 12_582_912f;

    /** Where e^x is as good as 0, or as large as it needs to be. */
    private static final float EXP_BOUND = 16;

    private Kernels() {}

    /** {@code out += coefficients[0] * rows[0] + coefficients[1] * rows[1] + …}, over n elements. */
    static void combine(float[] out, float[] coefficients, float[][] rows, int count, int n) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            add(
                    out,
                    coefficients[k],
                    rows[k],
                    coefficients[k + 1],
                    rows[k + 1],
                    coefficients[k + 2],
                    rows[k + 2],
                    coefficients[k + 3],
                    rows[k + 3],
                    n);
        }
        for (; k < count; k++) {
            add(out, coefficients[k], rows[k], n);
        }
    }

    private static void add(
            float[] out,
            float a,
            float[] first,
            float b,
            float[] second,
            float c,
            float[] third,
            float d,
            float[] fourth,
            int n) {
        for (int j = 0; j < n; j++) {
            out[j] += (a * first[j] + b * second[j]) + (c * third[j] + d * fourth[j]);
        }
    }

    private static void add(float[] out, float a, float[] row, int n) {
        for (int j = 0; j < n; j++) {
            out[j] += a * row[j];
        }
    }

    static float dot(float[] first, float[] second, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            a += first[j] * second[j];
            b += first[j + 1] * second[j + 1];
            c += first[j + 2] * second[j + 2];
            d += first[j + 3] * second[j + 3];
        }
        for (; j < n; j++) {
            a += first[j] * second[j];
        }
        return (a + b) + (c + d);
    }

    static float sum(float[] values, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            a += values[j];
            b += values[j + 1];
            c += values[j + 2];
            d += values[j + 3];
        }
        for (; j < n; j++) {
            a += values[j];
        }
        return (a + b) + (c + d);
    }

    static void scale(float[] values, float factor, int n) {
        for (int j = 0; j < n; j++) {
            values[j] *= factor;
        }
    }

    static void multiply(float[] values, float[] factors, int n) {
        for (int j = 0; j < n; j++) {
            values[j] *= factors[j];
        }
    }

    /** Rows become columns. */
    static void transpose(float[][] from, float[][] to, int rows, int columns) {
        for (int top = 0; top < rows; top += 16) {
            int bottom = Math.min(rows, top + 16);
            for (int column = 0; column < columns; column++) {
                float[] target = to[column];
                for (int row = top; row < bottom; row++) {
                    target[row] = from[row][column];
                }
            }
        }
    }

    /** {@code e^x} to about 1e-5 of its value, for x within ±16; beyond, that of the bound. */
    static void exp(float[] x, float[] out, int n) {
        for (int j = 0; j < n; j++) {
            out[j] = Math.max(-EXP_BOUND, Math.min(EXP_BOUND, x[j])) * (1f / 64);
        }
        for (int j = 0; j < n; j++) {
            float y = out[j];
            out[j] = 1 + y * (1 + y * (1f / 2 + y * (1f / 6 + y * (1f / 24 + y * (1f / 120)))));
        }
        for (int j = 0; j < n; j++) {
            float y = out[j];
            float square = y * y;
            float fourth = square * square;
            out[j] = fourth * fourth;
        }
        for (int j = 0; j < n; j++) {
            float y = out[j];
            float square = y * y;
            float fourth = square * square;
            out[j] = fourth * fourth;
        }
    }

    /** The sine and the cosine of so many half turns, from a number of turns; {@code turns} is overwritten. */
    private static void halfTurns(float[] turns, float[] sine, float[] cosine, int n) {
        for (int j = 0; j < n; j++) {
            float x = turns[j];
            turns[j] = (x - ((x + ROUND) - ROUND)) * 3.14159265f;
        }
        for (int j = 0; j < n; j++) {
            float x = turns[j];
            float square = x * x;
            sine[j] = x
                    * (1
                            + square
                                    * (-1f / 6
                                            + square
                                                    * (1f / 120
                                                            + square
                                                                    * (-1f / 5040
                                                                            + square
                                                                                    * (1f / 362_880
                                                                                            - square
                                                                                                    / 39_916_800f)))));
        }
        for (int j = 0; j < n; j++) {
            float square = turns[j] * turns[j];
            cosine[j] = 1
                    + square
                            * (-1f / 2
                                    + square
                                            * (1f / 24
                                                    + square
                                                            * (-1f / 720
                                                                    + square
                                                                            * (1f / 40_320 - square / 3_628_800f))));
        }
    }

    /** {@code cos(2π turns)} and {@code sin(2π turns)}, to about 1e-6; {@code turns} is overwritten. */
    static void wave(float[] turns, float[] cosine, float[] sine, int n) {
        halfTurns(turns, sine, cosine, n);
        for (int j = 0; j < n; j++) {
            turns[j] = sine[j];
        }
        for (int j = 0; j < n; j++) {
            sine[j] = 2 * turns[j] * cosine[j];
        }
        for (int j = 0; j < n; j++) {
            cosine[j] = 1 - 2 * turns[j] * turns[j];
        }
    }
}
