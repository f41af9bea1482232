package io.mlops.pipeline.model;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded tables whose target depends on some of the features. */
public final class Generated {
    private Generated() {}

    /** The target of a task. */
    public static Target target(Task task) {
        return switch (task) {
            case BINARY -> new Target("y", task, List.of("no", "yes"));
            case MULTICLASS -> new Target("y", task, List.of("low", "middle", "high"));
            case REGRESSION -> new Target("y", task, List.of());
        };
    }

    /**
     * Rows of five features: numbers {@code a b noise}, a category {@code c} (one column per level in the linear view), and
     * a constant; in the other views a twentieth of {@code a} is missing.
     */
    public static TrainingSet rows(Task task, View view, int rows, long seed) {
        Random random = new Random(seed);
        List<Feature> features = features(view);
        float[] values = new float[rows * features.size()];
        double[] targets = new double[rows];
        for (int row = 0; row < rows; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            int category = random.nextInt(3);
            double noise = random.nextGaussian();
            boolean missing = view != View.LINEAR && random.nextInt(20) == 0;
            int at = row * features.size();
            values[at] = missing ? Float.NaN : (float) a;
            values[at + 1] = (float) b;
            values[at + 2] = (float) random.nextGaussian();
            values[at + 3] = 1;
            if (view != View.LINEAR) {
                values[at + 4] = category;
            } else {
                values[at + 4 + category] = 1;
            }
            double signal = 2 * a - b + (category == 1 ? 1.5 : 0) + 0.5 * noise;
            targets[row] = target(task, signal, row);
        }
        return new TrainingSet(new FeatureMatrix(features, rows, values), target(task), targets, null);
    }

    private static double target(Task task, double signal, int row) {
        return switch (task) {
            // The first rows hold every class, so that the smallest tables do.
            case BINARY -> row < 2 ? row : signal > 0.5 ? 1 : 0;
            case MULTICLASS -> row < 3 ? row : signal < -1 ? 0 : signal < 1.5 ? 1 : 2;
            case REGRESSION -> 1000 + 100 * signal;
        };
    }

    private static List<Feature> features(View view) {
        List<Feature> features = new ArrayList<>(List.of(
                new Feature("a", "a", 0),
                new Feature("b [m] < 3", "b", 0),
                new Feature("noise", "noise", 0),
                new Feature("constant", "constant", 0)));
        if (view != View.LINEAR) {
            features.add(new Feature("c", "c", 3));
        } else {
            features.add(new Feature("c=red", "c", 0));
            features.add(new Feature("c=green", "c", 0));
            features.add(new Feature("c=blue", "c", 0));
        }
        return features;
    }

    /** The mean log loss, or the root of the mean squared error. */
    public static double loss(TrainingSet rows, double[] outputs) {
        double sum = 0;
        int width = rows.target().outputs();
        for (int row = 0; row < rows.rows(); row++) {
            if (rows.target().task().isClassification()) {
                sum -= Math.log(Math.max(1e-12, outputs[row * width + (int) rows.values()[row]]));
            } else {
                double error = outputs[row] - rows.values()[row];
                sum += error * error;
            }
        }
        return rows.target().task().isClassification() ? sum / rows.rows() : Math.sqrt(sum / rows.rows());
    }
}
