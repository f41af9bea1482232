package io.mlops.pipeline.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Counts decisions by true class. */
final class Confusions {
    /** The most classes that are listed. */
    static final int CLASSES = 30;

    private Confusions() {}

    /** The indices of the classes, the most frequent first; none for a regression. */
    static List<Integer> byFrequency(Predictions predictions) {
        long[] counts = new long[predictions.target().classes().size()];
        for (int row = 0; counts.length > 0 && row < predictions.rows(); row++) {
            counts[(int) predictions.truth()[row]]++;
        }
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong(index -> -counts[index]))
                .toList();
    }

    static ConfusionMatrix of(Predictions predictions) {
        List<String> classes = predictions.target().classes();
        boolean crowded = classes.size() > CLASSES;
        // All classes in their own order, or the most frequent ones in theirs.
        List<Integer> listed = crowded
                ? byFrequency(predictions).subList(0, CLASSES - 1)
                : IntStream.range(0, classes.size()).boxed().toList();
        int size = listed.size() + (crowded ? 1 : 0);
        int[] place = new int[classes.size()];
        Arrays.fill(place, size - 1);
        for (int i = 0; i < listed.size(); i++) {
            place[listed.get(i)] = i;
        }
        long[][] counts = new long[size][size];
        for (int row = 0; row < predictions.rows(); row++) {
            counts[place[(int) predictions.truth()[row]]][place[predictions.decided(row)]]++;
        }
        List<String> labels = new ArrayList<>(listed.stream().map(classes::get).toList());
        if (crowded) {
            labels.add(ConfusionMatrix.OTHER);
        }
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new ConfusionMatrix(labels, rows);
    }
}
