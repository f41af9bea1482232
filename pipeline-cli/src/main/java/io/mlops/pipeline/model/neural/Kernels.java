package io.mlops.pipeline.model.neural;

import java.util.Arrays;

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

    private static final float HALF_TURN = (float) Math.PI;

    /** So many rows of a batch stay in the fastest cache while all sums of them are made. */
    private static final int CACHED = 32;

    /** Where e^x is as good as 0, or as large as it needs to be. */
    private static final float EXP_BOUND = 16;

    private Kernels() {}

    /**
     * Sums of rows: {@code out[i] = Σ coefficients[i][k] * rows[k]}.
     *
     * @param outs how many sums
     * @param count how many rows
     * @param n how many elements of each
     */
    static void product(float[][] out, float[][] coefficients, float[][] rows, int outs, int count, int n) {
        for (int i = 0; i < outs; i++) {
            Arrays.fill(out[i], 0, n, 0);
        }
        for (int from = 0; from < count; from += CACHED) {
            int to = Math.min(count, from + CACHED);
            for (int i = 0; i < outs; i++) {
                combine(out[i], coefficients[i], rows, from, to, n);
            }
        }
    }

    /** {@code out += coefficients[from] * rows[from] + … + coefficients[to - 1] * rows[to - 1]}, over n elements. */
    static void combine(float[] out, float[] coefficients, float[][] rows, int from, int to, int n) {
        int k = from;
        for (; k + 4 <= to; k += 4) {
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
        for (; k < to; k++) {
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
        int row = 0;
        for (; row + 8 <= rows; row += 8) {
            transposeEight(from, to, row, columns);
        }
        for (; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column][row] = from[row][column];
            }
        }
    }

    /** Eight rows at once, so that each column is looked up once for them. */
    private static void transposeEight(float[][] from, float[][] to, int row, int columns) {
        float[] first = from[row];
        float[] second = from[row + 1];
        float[] third = from[row + 2];
        float[] fourth = from[row + 3];
        float[] fifth = from[row + 4];
        float[] sixth = from[row + 5];
        float[] seventh = from[row + 6];
        float[] eighth = from[row + 7];
        for (int column = 0; column < columns; column++) {
            float[] target = to[column];
            target[row] = first[column];
            target[row + 1] = second[column];
            target[row + 2] = third[column];
            target[row + 3] = fourth[column];
            target[row + 4] = fifth[column];
            target[row + 5] = sixth[column];
            target[row + 6] = seventh[column];
            target[row + 7] = eighth[column];
        }
    }

    /** {@code values = values * factor + added}. */
    static void stretch(float[] values, float factor, float added, int n) {
        for (int j = 0; j < n; j++) {
            values[j] = values[j] * factor + added;
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
            turns[j] = (x - ((x + ROUND) - ROUND)) * HALF_TURN;
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
                                                                                            - square / 39_916_800f)))));
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
                                                                    + square * (1f / 40_320 - square / 3_628_800f))));
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
