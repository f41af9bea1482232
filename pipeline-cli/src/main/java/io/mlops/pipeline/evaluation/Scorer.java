package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Region;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the metrics of one set of predictions over and over for differing row counts, after sorting once; safe to use
 * from several threads.
 */
abstract class Scorer {
    private final List<Metric> metrics;
    private final double @Nullable [] weights;

    /** What is averaged over the rows for some of the metrics. */
    private final Map<Metric, double[]> means = new EnumMap<>(Metric.class);

    Scorer(Task task, Predictions predictions) {
        this.metrics = Metric.of(task);
        this.weights = doubles(predictions.weights());
    }

    private void average(Predictions predictions, @Nullable Costs costs) {
        int width = predictions.target().outputs();
        if (costs != null) {
            means.put(
                    Metric.COST,
                    each(predictions, row -> costs.cost((int) predictions.truth()[row], predictions.decided(row))));
        }
        Region region = predictions.region();
        if (region != null) {
            means.put(
                    Metric.COVERAGE,
                    each(
                            predictions,
                            row -> region.covers(
                                            predictions.outputs(),
                                            row * width,
                                            predictions.truth()[row])
                                    ? 1
                                    : 0));
            means.put(
                    predictions.target().task().isClassification() ? Metric.SET_SIZE : Metric.INTERVAL_WIDTH,
                    each(predictions, row -> region.size(predictions.outputs(), row * width)));
        }
    }

    private static double[] each(Predictions predictions, IntToDoubleFunction value) {
        return IntStream.range(0, predictions.rows()).mapToDouble(value).toArray();
    }

    static Scorer of(Predictions predictions) {
        return of(predictions, predictions.decision().costs());
    }

    /** @param costs by which decisions are judged, whatever they were made by */
    static Scorer of(Predictions predictions, @Nullable Costs costs) {
        Scorer scorer =
                switch (predictions.target().task()) {
                    case BINARY -> new BinaryScorer(predictions);
                    case MULTICLASS -> new MulticlassScorer(predictions);
                    case REGRESSION -> new RegressionScorer(predictions);
                };
        scorer.average(predictions, costs);
        return scorer;
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
        RowCounts rows = new RowCounts(counts, weights);
        fill(new Scores(metrics, scores), rows);
        means.forEach((metric, values) -> scores[metrics.indexOf(metric)] = mean(values, rows));
        return scores;
    }

    /** A metric that is a mean over the rows, on all of them. */
    final double mean(Metric metric) {
        return mean(Objects.requireNonNull(means.get(metric)), new RowCounts(null, weights));
    }

    private static double mean(double[] values, RowCounts counts) {
        double sum = 0;
        double total = 0;
        for (int row = 0; row < values.length; row++) {
            sum += counts.of(row) * values[row];
            total += counts.of(row);
        }
        return sum / total;
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
