package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.features.Feature;
import java.util.List;

/**
 * How what the trees give becomes probabilities or values; the {@code model.json} beside the trees.
 *
 * @param kind what the trees give
 * @param offsets what is added to each output, once it is scaled
 * @param scale what each output is multiplied with
 * @param rounds how many rounds of the trees count
 * @param features the names of the features f0, f1, … of the trees
 */
record Outputs(Kind kind, double[] offsets, double scale, int rounds, List<String> features) {
    /** What the trees give for a row. */
    enum Kind {
        /** The probability of the second of two classes. */
        POSITIVE,
        /** The share of the second of two classes, less its offset. */
        POSITIVE_SHARE,
        /** One probability per class. */
        CLASSES,
        /** One share per class, less its offset. */
        SHARES,
        /** One value. */
        VALUE
    }

    Outputs {
        features = List.copyOf(features);
    }

    static List<String> names(List<Feature> features) {
        return features.stream().map(Feature::name).toList();
    }

    /** Whether the trees' sum is taken as it is, not as the objective would turn it. */
    boolean margins() {
        return kind == Kind.SHARES;
    }

    /** How many outputs a row has. */
    int width() {
        return kind == Kind.POSITIVE || kind == Kind.POSITIVE_SHARE ? 2 : offsets.length;
    }

    /** Writes the outputs of one row. */
    void write(float[] trees, double[] outputs, int offset) {
        switch (kind) {
            case POSITIVE -> {
                outputs[offset + 1] = trees[0];
                outputs[offset] = 1 - outputs[offset + 1];
            }
            case POSITIVE_SHARE -> {
                outputs[offset + 1] = Math.min(1, Math.max(0, offsets[0] + scale * trees[0]));
                outputs[offset] = 1 - outputs[offset + 1];
            }
            case CLASSES -> {
                double sum = 0;
                for (float tree : trees) {
                    sum += tree;
                }
                for (int k = 0; k < trees.length; k++) {
                    outputs[offset + k] = trees[k] / sum;
                }
            }
            case SHARES -> {
                double sum = 0;
                for (int k = 0; k < trees.length; k++) {
                    outputs[offset + k] = Math.max(0, offsets[k] + scale * trees[k]);
                    sum += outputs[offset + k];
                }
                for (int k = 0; k < trees.length; k++) {
                    outputs[offset + k] /= sum;
                }
            }
            case VALUE -> outputs[offset] = offsets[0] + scale * trees[0];
        }
    }
}
