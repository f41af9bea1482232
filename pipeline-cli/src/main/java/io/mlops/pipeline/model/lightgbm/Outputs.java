package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.data.Task;
import java.util.List;

/**
 * What the sums of the trees mean; the {@code model.json} beside them.
 *
 * @param task of two classes the sum is the logit of the second, of more each class has one, else it is a value
 * @param offset what is added to a value, once it is scaled
 * @param scale what a value is multiplied with
 * @param features the names of the features 0, 1, … of the trees
 */
public record Outputs(Task task, double offset, double scale, List<String> features) {
    public Outputs {
        features = List.copyOf(features);
    }

    /** Writes the outputs of one row. */
    void write(double[] sums, int from, int count, double[] outputs, int at) {
        switch (task) {
            case BINARY -> {
                outputs[at + 1] = 1 / (1 + Math.exp(-sums[from]));
                outputs[at] = 1 - outputs[at + 1];
            }
            case MULTICLASS -> {
                double largest = sums[from];
                for (int k = 1; k < count; k++) {
                    largest = Math.max(largest, sums[from + k]);
                }
                double total = 0;
                for (int k = 0; k < count; k++) {
                    outputs[at + k] = Math.exp(sums[from + k] - largest);
                    total += outputs[at + k];
                }
                for (int k = 0; k < count; k++) {
                    outputs[at + k] /= total;
                }
            }
            case REGRESSION -> outputs[at] = offset + scale * sums[from];
        }
    }
}
