package io.mlops.pipeline.evaluation.calibration;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What models gave to rows that were held out; a row of several repetitions comes several times.
 *
 * @param outputs row by row, one probability per class, or one number for a regression
 * @param classes how many outputs each row has
 * @param truth the index of the class of each row, or its number
 * @param row which different row each is of
 * @param part in which of {@link #PARTS} parts of a cross-fit each different row falls, by its place in this list
 */
public record HeldOutOutputs(double[] outputs, int classes, double[] truth, int[] row, int[] part) {
    /** In how many parts a calibration is cross-fitted. */
    public static final int PARTS = 5;

    /** In which part the rows of a content fall. */
    public static int partOf(long hash) {
        return (int) Math.floorMod((hash * 0x9E3779B97F4A7C15L) >>> 32, (long) PARTS);
    }

    public int size() {
        return truth.length;
    }

    /** How many different rows there are. */
    public int distinct() {
        return (int) Arrays.stream(row).distinct().count();
    }

    /** One more than the greatest number of a row. */
    int rows() {
        return Arrays.stream(row).max().orElse(-1) + 1;
    }

    /** The probability of the second of two classes. */
    double positive(int index) {
        return outputs[2 * index + 1];
    }

    /** The first outputs of each different row. */
    public HeldOutOutputs once() {
        boolean[] seen = new boolean[rows()];
        return select(IntStream.range(0, size())
                .filter(i -> {
                    boolean first = !seen[row[i]];
                    seen[row[i]] = true;
                    return first;
                })
                .toArray());
    }

    HeldOutOutputs where(int wanted, boolean in) {
        return select(IntStream.range(0, size())
                .filter(i -> (part[i] == wanted) == in)
                .toArray());
    }

    private HeldOutOutputs select(int[] chosen) {
        double[] chosenOutputs = new double[chosen.length * classes];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(outputs, chosen[i] * classes, chosenOutputs, i * classes, classes);
        }
        return new HeldOutOutputs(
                chosenOutputs,
                classes,
                Arrays.stream(chosen).mapToDouble(i -> truth[i]).toArray(),
                Arrays.stream(chosen).map(i -> row[i]).toArray(),
                Arrays.stream(chosen).map(i -> part[i]).toArray());
    }
}
