package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges a model by its predictions of untouched rows.
 *
 * @param seed decides the resamples
 * @param threads how many threads may be used; they do not change the result
 */
public record Evaluator(EvaluationSettings settings, long seed, int threads) {
    /** Of how many classes curves are drawn. */
    private static final int CURVES = 10;

    /**
     * Evaluates, and compares where there is a champion.
     *
     * @param slices by which columns, row for row with the predictions
     * @throws PipelineException where the settings name a metric that the task does not have
     */
    public Evaluation evaluate(Predictions predictions, List<SliceColumn> slices, @Nullable Champion champion) {
        Task task = predictions.target().task();
        check(task);
        Metric metric = settings.metric(task);
        List<Scorer> scorers = new ArrayList<>(List.of(Scorer.of(predictions)));
        if (champion != null) {
            if (!Arrays.equals(champion.predictions().truth(), predictions.truth())) {
                throw new IllegalArgumentException("champion and challenger were not given the same rows");
            }
            scorers.add(Scorer.of(champion.predictions(), predictions.decision().costs()));
        }
        Resampled resampled = Resampled.of(scorers, predictions, settings.resamples(), seed, threads);
        Map<String, Estimate> metrics = resampled.estimates();
        Comparison comparison = champion == null
                ? null
                : resampled.comparison(
                        champion.version(), metric, settings.gates().minImprovement());
        boolean binary = task == Task.BINARY;
        Curves positive = binary ? new Curves(predictions, 1) : null;
        return new Evaluation(
                predictions.target(),
                predictions.rows(),
                binary ? predictions.decision().threshold() : null,
                metric,
                metrics,
                resampled.metrics().undefined(),
                resampled.resamples(),
                new Slicing(metric, Math.min(settings.resamples(), Bootstrap.LEAST), seed, threads)
                        .slices(predictions, slices),
                positive != null ? List.of(positive.curves()) : curves(predictions),
                task.isClassification() ? Confusions.of(predictions) : null,
                positive == null ? List.of() : positive.thresholds(),
                positive == null ? List.of() : positive.gains(),
                task == Task.REGRESSION ? ResidualSummary.of(predictions) : null,
                comparison,
                null,
                new Judge(metric, settings.gates(), resampled.resamples()).judge(metrics, comparison));
    }

    private void check(Task task) {
        Map<String, Metric> named = new LinkedHashMap<>();
        if (settings.metric() != null) {
            named.put("evaluate.metric", settings.metric());
        }
        settings.gates().atLeast().keySet().forEach(key -> Metric.ofKey(key)
                .ifPresent(metric -> named.put("evaluate.gates.at_least." + key, metric)));
        settings.gates().atMost().keySet().forEach(key -> Metric.ofKey(key)
                .ifPresent(metric -> named.put("evaluate.gates.at_most." + key, metric)));
        String wrong = named.entrySet().stream()
                .filter(each -> !each.getValue().appliesTo(task))
                .map(each -> each.getKey() + " (" + each.getValue().key() + ")")
                .collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            throw PipelineException.usage(wrong + ": a " + task.name().toLowerCase(Locale.ROOT)
                    + " task does not have this metric; it has "
                    + Metric.of(task).stream().map(Metric::key).collect(Collectors.joining(", ")));
        }
    }

    private static List<ClassCurves> curves(Predictions predictions) {
        return Confusions.byFrequency(predictions).stream()
                .limit(CURVES)
                .map(index -> new Curves(predictions, index).curves())
                .toList();
    }
}
