package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.evaluation.Bootstrap.Interval;
import io.mlops.pipeline.evaluation.Comparison.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a model, and of the champion where there is one, on all rows and on the same resamples of them.
 *
 * @param points the scores on all rows: {@code [model][metric]}
 * @param scores the scores on resamples: {@code [model][metric][resample]}
 */
record Resampled(List<Scorer> scorers, int resamples, double[][] points, double[][][] scores) {
    static Resampled of(List<Scorer> scorers, Predictions predictions, int wanted, long seed, int threads) {
        int rows = predictions.rows();
        int passes = scorers.size() * Math.max(1, predictions.target().classes().size() - 1);
        int resamples = Bootstrap.plan(wanted, rows, passes);
        double[][] points = scorers.stream().map(scorer -> scorer.score(null)).toArray(double[][]::new);
        return new Resampled(scorers, resamples, points, new Bootstrap(resamples, seed, threads).run(rows, scorers));
    }

    Metrics metrics() {
        return Metrics.of(scorers.get(0), points[0]);
    }

    /** The first model's metrics with their intervals. */
    Map<String, Estimate> estimates() {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        List<Metric> metrics = scorers.get(0).metrics();
        for (int i = 0; i < metrics.size(); i++) {
            if (!Double.isNaN(points[0][i])) {
                estimates.put(metrics.get(i).key(), estimate(i));
            }
        }
        return estimates;
    }

    private Estimate estimate(int metric) {
        Interval interval = Bootstrap.interval(scores[0][metric]);
        return interval == null
                ? Estimate.of(points[0][metric])
                : new Estimate(points[0][metric], interval.lower(), interval.upper());
    }

    /** The first model against the second. */
    Comparison comparison(String champion, Metric deciding, double minImprovement) {
        Map<String, Difference> differences = new LinkedHashMap<>();
        List<Metric> metrics = scorers.get(0).metrics();
        for (int i = 0; i < metrics.size(); i++) {
            if (!Double.isNaN(points[0][i]) && !Double.isNaN(points[1][i])) {
                Metric metric = metrics.get(i);
                differences.put(metric.key(), difference(i, metric, metric == deciding ? minImprovement : 0));
            }
        }
        return new Comparison(champion, differences);
    }

    private Difference difference(int index, Metric metric, double minImprovement) {
        double[] differences = new double[resamples];
        int defined = 0;
        int better = 0;
        int worse = 0;
        for (int i = 0; i < resamples; i++) {
            differences[i] = scores[0][index][i] - scores[1][index][i];
            double improvement = metric.improvement(scores[0][index][i], scores[1][index][i]);
            defined += Double.isNaN(improvement) ? 0 : 1;
            better += improvement > minImprovement ? 1 : 0;
            worse += improvement < 0 ? 1 : 0;
        }
        Interval interval = Bootstrap.interval(differences);
        double least = Math.max(1, defined);
        return new Difference(
                points[1][index],
                points[0][index],
                points[0][index] - points[1][index],
                bound(interval, true),
                bound(interval, false),
                better / least,
                worse / least);
    }

    private static @Nullable Double bound(@Nullable Interval interval, boolean lower) {
        return interval == null ? null : lower ? interval.lower() : interval.upper();
    }
}
