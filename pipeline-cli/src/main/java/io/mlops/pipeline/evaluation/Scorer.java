package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Task;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the metrics of one set of predictions over and over for differing row counts, after sorting once; safe to use
 * from several threads.
 */
abstract class Scorer {
    private final List<Metric> metrics;
    private final double @Nullable [] weights;

    Scorer(Task task, Predictions predictions) {
        this.metrics = Metric.of(task);
        this.weights = doubles(predictions.weights());
    }

    static Scorer of(Predictions predictions) {
        return switch (predictions.target().task()) {
            case BINARY -> new BinaryScorer(predictions);
            case MULTICLASS -> new MulticlassScorer(predictions);
            case REGRESSION -> new RegressionScorer(predictions);
        };
    }

    /** The metrics, in the order of the scores. */
    final List<Metric> metrics() {
        return metrics;
    }

    /**
     * The value of each metric, NaN where it is undefined.
     *
     * @param counts how often each row counts; null for once each
     */
    final double[] score(byte @Nullable [] counts) {
        double[] scores = new double[metrics.size()];
        Arrays.fill(scores, Double.NaN);
        fill(new Scores(metrics, scores), new RowCounts(counts, weights));
        return scores;
    }

    abstract void fill(Scores scores, RowCounts counts);

    private static double @Nullable [] doubles(float @Nullable [] values) {
        if (values == null) {
            return null;
        }
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** Where the value of each metric is put. */
    record Scores(List<Metric> metrics, double[] values) {
        void put(Metric metric, double value) {
            values[metrics.indexOf(metric)] = value;
        }
    }

    /** How much each row counts in one computation. */
    record RowCounts(byte @Nullable [] counts, double @Nullable [] weights) {
        double of(int row) {
            double count = counts == null ? 1 : counts[row];
            return weights == null ? count : count * weights[row];
        }
    }
}
