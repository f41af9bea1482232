package io.mlops.pipeline.evaluation.conformal;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.ScoreQuantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Sums up how far off a model was on rows that neither it nor its calibration had seen. */
public final class ConformalFit {
    /** Fewer rows tell nothing about the errors of one in twenty. */
    static final int FEWEST_ROWS = 20;

    /** From so many rows on the errors are kept apart by what was predicted. */
    static final int FEWEST_FOR_RANGES = 1_000;

    private static final int ROWS_OF_A_RANGE = 250;
    private static final int MOST_RANGES = 10;

    /** So many rows allow a level of 99 %. */
    private static final int FEWEST_OF_A_RANGE = 200;

    /** Where each class has so many rows its own scores decide, so that rare classes are covered as well as others. */
    static final int FEWEST_OF_A_CLASS = 100;

    private ConformalFit() {}

    /**
     * Fits intervals for a number, sets for classes.
     *
     * @param truth the target of each row, as {@link Target#values} gives it
     * @param outputs what the model gave each row, {@link Target#outputs} numbers each
     * @param source which rows these are, for people
     */
    public static Conformal fit(Target target, double[] truth, double[] outputs, String source) {
        if (truth.length < FEWEST_ROWS) {
            return new Conformal.None(
                    (truth.length == 0 ? "no row was" : truth.length == 1 ? "1 row was" : truth.length + " rows were")
                            + " held out in training, and it takes " + FEWEST_ROWS);
        }
        double[] scores = scores(target, truth, outputs);
        long bad =
                Arrays.stream(scores).filter(score -> !Double.isFinite(score)).count();
        if (bad > 0) {
            return new Conformal.None("the errors of " + bad + " of " + truth.length
                    + " rows held out in training are beyond any number");
        }
        return target.task() == Task.REGRESSION
                ? intervals(outputs, scores, source)
                : sets(target.outputs(), truth, scores, source);
    }

    private static double[] scores(Target target, double[] truth, double[] outputs) {
        int width = target.outputs();
        return IntStream.range(0, truth.length)
                .mapToDouble(row -> target.task() == Task.REGRESSION
                        ? truth[row] - outputs[row]
                        : 1 - outputs[row * width + (int) truth[row]])
                .toArray();
    }

    private static Conformal sets(int classes, double[] truth, double[] scores, String source) {
        List<ScoreQuantiles> each = new ArrayList<>();
        for (int index = 0; index < classes; index++) {
            int wanted = index;
            double[] own = IntStream.range(0, truth.length)
                    .filter(row -> (int) truth[row] == wanted)
                    .mapToDouble(row -> scores[row])
                    .toArray();
            if (own.length < FEWEST_OF_A_CLASS) {
                return new Conformal.Sets(List.of(ScoreQuantiles.of(scores)), classes, source);
            }
            each.add(ScoreQuantiles.of(own));
        }
        return new Conformal.Sets(each, classes, source);
    }

    private static Conformal intervals(double[] predicted, double[] errors, String source) {
        double[] edges = edges(predicted);
        List<ScoreQuantiles> ranges = new ArrayList<>();
        for (int range = 0; range <= edges.length; range++) {
            double from = range == 0 ? Double.NEGATIVE_INFINITY : edges[range - 1];
            double to = range == edges.length ? Double.POSITIVE_INFINITY : edges[range];
            ranges.add(ScoreQuantiles.of(IntStream.range(0, errors.length)
                    .filter(row -> predicted[row] >= from && predicted[row] < to)
                    .mapToDouble(row -> errors[row])
                    .toArray()));
        }
        return new Conformal.Intervals(edges, ranges, source);
    }

    /** Between ranges of about equally many rows; equal predictions stay together, and no range has too few rows. */
    private static double[] edges(double[] predicted) {
        int ranges =
                predicted.length < FEWEST_FOR_RANGES ? 1 : Math.min(MOST_RANGES, predicted.length / ROWS_OF_A_RANGE);
        double[] sorted = predicted.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        int start = 0;
        for (int range = 1; range < ranges; range++) {
            int end = (int) ((long) range * sorted.length / ranges);
            while (end < sorted.length && sorted[end] == sorted[end - 1]) {
                end++;
            }
            boolean room = end - start >= FEWEST_OF_A_RANGE && sorted.length - end >= FEWEST_OF_A_RANGE;
            if (room) {
                edges.add(sorted[end - 1] / 2 + sorted[end] / 2);
                start = end;
            }
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
