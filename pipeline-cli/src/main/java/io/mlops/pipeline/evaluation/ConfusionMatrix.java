package io.mlops.pipeline.evaluation;

import java.util.List;

/**
 * How many rows of each true class were decided to be of each class.
 *
 * @param labels the classes; the most frequent ones and at last {@link #OTHER} where there are too many
 * @param counts one list for each true class, with one number for each decided class
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {
    /** Stands for the classes that are too rare to be listed. */
    public static final String OTHER = "(other)";

    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }
}
