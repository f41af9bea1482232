package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Decision;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Seeded predictions that are right to a degree, with ties. */
final class RandomPredictions {
    private RandomPredictions() {}

    /** Probabilities on a grid of so many steps; the target follows them. */
    static Predictions binary(int rows, int steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] truth = new double[rows];
        double[] outputs = new double[2 * rows];
        for (int row = 0; row < rows; row++) {
            double probability = (double) random.nextInt(steps + 1) / steps;
            outputs[2 * row] = 1 - probability;
            outputs[2 * row + 1] = probability;
            truth[row] = random.nextDouble() < 0.1 + 0.7 * probability ? 1 : 0;
        }
        return Predictions.of(new Target("y", Task.BINARY, List.of("no", "yes")), truth, outputs, new Decision(0.4));
    }

    static Predictions classes(int rows, int classes, int steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] truth = new double[rows];
        double[] outputs = new double[classes * rows];
        for (int row = 0; row < rows; row++) {
            truth[row] = random.nextInt(classes);
            double sum = 0;
            for (int each = 0; each < classes; each++) {
                outputs[row * classes + each] = 1 + random.nextInt(steps) + (each == truth[row] ? 2 : 0);
                sum += outputs[row * classes + each];
            }
            for (int each = 0; each < classes; each++) {
                outputs[row * classes + each] /= sum;
            }
        }
        List<String> labels =
                IntStream.range(0, classes).mapToObj(each -> "c" + each).toList();
        return Predictions.of(new Target("y", Task.MULTICLASS, labels), truth, outputs, Decision.defaults());
    }

    static Predictions numbers(int rows, double error, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] truth = new double[rows];
        double[] outputs = new double[rows];
        for (int row = 0; row < rows; row++) {
            truth[row] = 10 + random.nextGaussian();
            outputs[row] = truth[row] + error * random.nextGaussian();
        }
        return Predictions.of(new Target("y", Task.REGRESSION, List.of()), truth, outputs, Decision.defaults());
    }
}
