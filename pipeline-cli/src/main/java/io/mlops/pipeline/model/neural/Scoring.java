package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.features.FeatureMatrix;
import java.util.Arrays;

/** Computes what a trained network says of rows, in doubles, so that every language's sums agree. */
final class Scoring {
    private final NetworkHeader header;
    private final int inputs;

    /** For each feature: frequencies, phases, weights and biases, or the coordinates of its categories. */
    private final double[][] features;

    /** For each layer and neuron its weights. */
    private final double[][][] layers;

    private final double[][] biases;
    private final double[][] strengths;

    Scoring(NetworkHeader header, float[] weights) {
        this.header = header;
        Source source = new Source(weights);
        features = new double[header.inputs().size()][];
        int below = 0;
        for (int f = 0; f < features.length; f++) {
            features[f] = source.next(numbers(header, header.inputs().get(f)));
            below += header.inputs().get(f).width(header.embedding());
        }
        inputs = below;
        layers = new double[header.layers() + 1][][];
        biases = new double[layers.length][];
        strengths = new double[header.layers()][];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new double[layer < header.layers() ? header.width() : header.outputs()][];
            for (int o = 0; o < layers[layer].length; o++) {
                layers[layer][o] = source.next(below);
            }
            below = layers[layer].length;
            biases[layer] = source.next(below);
            if (layer < strengths.length) {
                strengths[layer] = source.next(below);
            }
        }
    }

    private static int numbers(NetworkHeader header, Input input) {
        return switch (input.kind()) {
            case NUMBER, ONE_HOT -> 0;
            case PERIODIC -> (2 + Periodic.SUMS) * header.frequencies() + Periodic.SUMS;
            case EMBEDDING -> (input.levels() + 1) * header.embedding();
        };
    }

    /** How many numbers a network of a header has. */
    static long size(NetworkHeader header) {
        long size = 0;
        long below = 0;
        for (Input input : header.inputs()) {
            size += numbers(header, input);
            below += input.width(header.embedding());
        }
        for (int layer = 0; layer < header.layers(); layer++) {
            size += (below + 2) * header.width();
            below = header.width();
        }
        return size + (below + 1) * header.outputs();
    }

    /** Writes the outputs of the rows from one to before another. */
    void score(FeatureMatrix matrix, int from, int to, double[] outputs) {
        int n = to - from;
        double[][] x = new double[inputs][n];
        int place = 0;
        for (int f = 0; f < features.length; f++) {
            place = enter(matrix, f, from, n, x, place);
        }
        for (int layer = 0; layer < layers.length; layer++) {
            double[][] y = new double[layers[layer].length][n];
            for (int o = 0; o < y.length; o++) {
                Arrays.fill(y[o], biases[layer][o]);
                combine(y[o], layers[layer][o], x, n);
                if (layer < strengths.length) {
                    bend(y[o], strengths[layer][o]);
                }
            }
            x = y;
        }
        for (int j = 0; j < n; j++) {
            write(x, j, outputs, (from + j) * header.outputs());
        }
    }

    private int enter(FeatureMatrix matrix, int feature, int from, int n, double[][] x, int place) {
        Input input = header.inputs().get(feature);
        double[] numbers = features[feature];
        for (int j = 0; j < n; j++) {
            float value = matrix.get(from + j, feature);
            int code = input.code(value);
            switch (input.kind()) {
                case NUMBER -> x[place][j] = Input.bend(value);
                case PERIODIC -> {
                    x[place][j] = Input.bend(value);
                    waves(numbers, x, place, j);
                }
                case ONE_HOT -> {
                    if (input.levels() == 2) {
                        x[place][j] = code == 2 ? 0 : 2 * code - 1;
                    } else if (code < input.levels()) {
                        x[place + code][j] = 1;
                    }
                }
                case EMBEDDING -> {
                    for (int k = 0; k < header.embedding(); k++) {
                        x[place + k][j] = numbers[code * header.embedding() + k];
                    }
                }
            }
        }
        return place + input.width(header.embedding());
    }

    private void waves(double[] numbers, double[][] x, int place, int j) {
        int count = header.frequencies();
        for (int k = 0; k < Periodic.SUMS; k++) {
            x[place + 1 + k][j] = numbers[(2 + Periodic.SUMS) * count + k];
        }
        for (int h = 0; h < count; h++) {
            double wave = StrictMath.cos(2 * Math.PI * (numbers[h] * x[place][j] + numbers[count + h]));
            for (int k = 0; k < Periodic.SUMS; k++) {
                x[place + 1 + k][j] += numbers[(2 + k) * count + h] * wave;
            }
        }
    }

    private static void combine(double[] out, double[] coefficients, double[][] rows, int n) {
        int count = rows.length;
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            add(out, coefficients, k, rows[k], rows[k + 1], rows[k + 2], rows[k + 3], n);
        }
        for (; k < count; k++) {
            double[] row = rows[k];
            double a = coefficients[k];
            for (int j = 0; j < n; j++) {
                out[j] += a * row[j];
            }
        }
    }

    private static void add(
            double[] out,
            double[] coefficients,
            int k,
            double[] first,
            double[] second,
            double[] third,
            double[] fourth,
            int n) {
        double a = coefficients[k];
        double b = coefficients[k + 1];
        double c = coefficients[k + 2];
        double d = coefficients[k + 3];
        for (int j = 0; j < n; j++) {
            out[j] += (a * first[j] + b * second[j]) + (c * third[j] + d * fourth[j]);
        }
    }

    private void bend(double[] sums, double strength) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += strength * (header.activation().apply(sums[j]) - sums[j]);
        }
    }

    private void write(double[][] x, int j, double[] outputs, int at) {
        if (header.kind() == NetworkHeader.Kind.VALUE) {
            double value = header.center() + header.scale() * x[0][j];
            outputs[at] = Math.max(header.lower(), Math.min(header.upper(), value));
            return;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (double[] each : x) {
            most = Math.max(most, each[j]);
        }
        double total = 0;
        for (int k = 0; k < x.length; k++) {
            outputs[at + k] = StrictMath.exp(x[k][j] - most);
            total += outputs[at + k];
        }
        for (int k = 0; k < x.length; k++) {
            outputs[at + k] /= total;
        }
    }

    /** Hands out numbers one after the other. */
    private static final class Source {
        private final float[] numbers;
        private int at;

        Source(float[] numbers) {
            this.numbers = numbers;
        }

        double[] next(int count) {
            double[] next = new double[count];
            for (int i = 0; i < count; i++) {
                next[i] = numbers[at++];
            }
            return next;
        }
    }
}
