package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.model.Decision;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** A metric as a loss, the lower the better, fast where a selection asks for it thousands of times. */
final class SelectionLoss implements ToDoubleFunction<double[]> {
    /** As in {@link Metric#LOG_LOSS}. */
    private static final double SMALLEST = 1e-15;

    /** Of so many rows on, a rough area tells models apart as well as the exact one, many times faster. */
    private static final int MANY_ROWS = 5_000;

    /** What is cut off the bits of a probability where it is rough: 10 binary digits remain behind the first. */
    private static final int ROUGH = 13;

    private static final int HALF = Float.floatToRawIntBits(0.5F) >>> ROUGH;

    private final Metric metric;
    private final Target target;
    private final double[] truth;
    private final boolean rough;

    /** The exact one. */
    SelectionLoss(Metric metric, Target target, double[] truth) {
        this(metric, target, truth, false);
    }

    private SelectionLoss(Metric metric, Target target, double[] truth, boolean rough) {
        this.metric = metric;
        this.target = target;
        this.truth = truth;
        this.rough = rough;
    }

    /** One that is fast for any number of rows, and exact for few. */
    static SelectionLoss fast(Metric metric, Target target, double[] truth) {
        return new SelectionLoss(metric, target, truth, truth.length >= MANY_ROWS);
    }

    /** The loss of outputs, {@link Target#outputs} for each row; infinite where the metric is undefined. */
    @Override
    public double applyAsDouble(double[] outputs) {
        if (metric == Metric.LOG_LOSS) {
            return logLoss(outputs);
        }
        if (metric == Metric.RMSE) {
            return rootOfSquares(outputs);
        }
        if (metric == Metric.AUC && target.task() == Task.BINARY) {
            return 1 - (rough ? roughAreaUnderCurve(outputs) : areaUnderCurve(outputs));
        }
        return Metrics.compute(Predictions.of(target, truth, outputs, Decision.defaults())).value(metric).stream()
                .map(value -> metric.greaterIsBetter() ? -value : value)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** The metric's value again. */
    double metric(double loss) {
        if (metric == Metric.AUC && target.task() == Task.BINARY) {
            return 1 - loss;
        }
        return metric.greaterIsBetter() ? -loss : loss;
    }

    private double logLoss(double[] outputs) {
        int classes = target.outputs();
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            sum -= Math.log(Math.max(SMALLEST, outputs[row * classes + (int) truth[row]]));
        }
        return sum / truth.length;
    }

    private double rootOfSquares(double[] outputs) {
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            sum += (outputs[row] - truth[row]) * (outputs[row] - truth[row]);
        }
        return Math.sqrt(sum / truth.length);
    }

    /** By ranks, where probabilities that differ by less than a thousandth of them, or of what is left to 1, are equal. */
    private double roughAreaUnderCurve(double[] outputs) {
        int[][] counts = new int[2][2 * HALF + 1];
        for (int row = 0; row < truth.length; row++) {
            counts[(int) truth[row]][place(outputs[2 * row + 1])]++;
        }
        double negatives = 0;
        double positives = 0;
        double concordant = 0;
        for (int place = 0; place <= 2 * HALF; place++) {
            concordant += counts[1][place] * (negatives + counts[0][place] / 2.0);
            negatives += counts[0][place];
            positives += counts[1][place];
        }
        return positives == 0 || negatives == 0 ? Double.NEGATIVE_INFINITY : concordant / (positives * negatives);
    }

    private static int place(double probability) {
        return probability <= 0.5 ? roughly(probability) : 2 * HALF - roughly(1 - probability);
    }

    private static int roughly(double probability) {
        return Float.floatToRawIntBits((float) Math.max(0, probability)) >>> ROUGH;
    }

    /** By ranks; the class of a row is kept in the last bit of its probability, so that numbers alone are sorted. */
    private double areaUnderCurve(double[] outputs) {
        long[] keys = new long[truth.length];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = (Double.doubleToLongBits(outputs[2 * row + 1]) & ~1L) | (long) truth[row];
        }
        Arrays.sort(keys);
        double negatives = 0;
        double positives = 0;
        double concordant = 0;
        for (int from = 0; from < keys.length; ) {
            int to = from;
            int equalPositives = 0;
            while (to < keys.length && (keys[to] & ~1L) == (keys[from] & ~1L)) {
                equalPositives += (int) (keys[to] & 1L);
                to++;
            }
            int equalNegatives = to - from - equalPositives;
            concordant += equalPositives * (negatives + equalNegatives / 2.0);
            negatives += equalNegatives;
            positives += equalPositives;
            from = to;
        }
        return positives == 0 || negatives == 0 ? Double.NEGATIVE_INFINITY : concordant / (positives * negatives);
    }
}
