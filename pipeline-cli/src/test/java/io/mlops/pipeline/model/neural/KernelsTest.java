package io.mlops.pipeline.model.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private final Random random = new Random(1);

    @Test
    void multipliesMatricesOfAnySize() {
        for (int[] size : new int[][] {{1, 1, 1}, {3, 5, 7}, {8, 33, 16}, {5, 70, 130}}) {
            float[][] coefficients = matrix(size[0], size[1]);
            float[][] rows = matrix(size[1], size[2]);
            float[][] out = matrix(size[0], size[2]);
            Kernels.product(out, coefficients, rows, size[0], size[1], size[2]);
            for (int i = 0; i < size[0]; i++) {
                for (int j = 0; j < size[2]; j++) {
                    double sum = 0;
                    for (int k = 0; k < size[1]; k++) {
                        sum += (double) coefficients[i][k] * rows[k][j];
                    }
                    assertThat((double) out[i][j]).isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @Test
    void transposesMatricesOfAnySize() {
        float[][] from = matrix(19, 5);
        float[][] to = new float[5][19];
        Kernels.transpose(from, to, 19, 5);
        for (int row = 0; row < 19; row++) {
            for (int column = 0; column < 5; column++) {
                assertThat(to[column][row]).isEqualTo(from[row][column]);
            }
        }
    }

    @Test
    void itsExponentialAndWavesAreThoseOfTheLibrary() {
        int n = 1001;
        float[] x = new float[n];
        float[] turns = new float[n];
        for (int j = 0; j < n; j++) {
            x[j] = (j - 500) * 0.03f;
            turns[j] = x[j];
        }
        float[] e = new float[n];
        Kernels.exp(x, e, n);
        float[] cosine = new float[n];
        float[] sine = new float[n];
        Kernels.wave(turns, cosine, sine, n);
        for (int j = 0; j < n; j++) {
            assertThat(e[j] / Math.exp(x[j])).isCloseTo(1, within(6e-4));
            assertThat((double) cosine[j]).isCloseTo(Math.cos(2 * Math.PI * x[j]), within(2e-5));
            assertThat((double) sine[j]).isCloseTo(Math.sin(2 * Math.PI * x[j]), within(2e-5));
        }
    }

    @Test
    void theActivationsOfTrainingAreThoseOfPrediction() {
        for (Activation activation : Activation.values()) {
            float[] x = matrix(1, 500)[0];
            Kernels.scale(x, 4, 500);
            float[] y = new float[500];
            float[] slope = new float[500];
            activation.apply(x, y, slope, 500);
            for (int j = 0; j < 500; j++) {
                assertThat((double) y[j]).isCloseTo(activation.apply(x[j]), within(1e-4));
                double rise = (activation.apply(x[j] + 1e-6) - activation.apply(x[j] - 1e-6)) / 2e-6;
                assertThat((double) slope[j]).isCloseTo(rise, within(1e-3));
            }
        }
    }

    private float[][] matrix(int rows, int columns) {
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return matrix;
    }
}
