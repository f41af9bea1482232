package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.data.Task;
import java.util.List;

/**
 * The {@code model.json} beside the trees.
 *
 * @param task of two classes the mean is the share of the second, of more each class has one, else it is a value
 * @param offset what is added to a value, once it is scaled
 * @param scale what a value is multiplied with
 * @param trees how many there are
 * @param outputs how many numbers a leaf has
 * @param features the names of the features
 * @param importance the share of each feature in the gain of all splits
 * @param ranks of each feature the order of its categories, by which it is split; empty for a number
 */
public record ForestHeader(
        Task task,
        double offset,
        double scale,
        int trees,
        int outputs,
        List<String> features,
        double[] importance,
        List<float[]> ranks) {
    public ForestHeader {
        features = List.copyOf(features);
        ranks = List.copyOf(ranks);
    }
}
