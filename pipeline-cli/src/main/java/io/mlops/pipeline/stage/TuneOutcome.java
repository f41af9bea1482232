package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.report.StudyReport;
import io.mlops.pipeline.tuning.Searched;
import io.mlops.pipeline.tuning.Study;
import io.mlops.pipeline.tuning.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a search.
 *
 * @param known how many of the trials an earlier process made
 */
record TuneOutcome(
        String model, Metric metric, Target target, FoldPlan plan, Searched searched, List<Trial> trials, int known) {
    /** The names under which the manifest's summary keeps what the study was of. */
    static final String MODEL = "model";

    static final String METRIC = "metric";
    static final String TARGET = "target";

    /**
     * The best hyperparameters.
     *
     * @param parameters those that were searched or fixed; all others are as train has them
     */
    record Best(String model, Metric metric, double value, double current, int trial, Map<String, Object> parameters) {}

    /** What a target is, so that studies of the same can be told from others. */
    static String described(Target target) {
        return target.column() + " (" + target.task().name().toLowerCase(Locale.ROOT) + ")";
    }

    Stage.Outcome write(Path folder, Run run) {
        Trial best = best();
        Trial first = trials.get(0);
        Map<String, Object> parameters = new LinkedHashMap<>(searched.fixed());
        parameters.putAll(best.parameters());
        double value = value(best);
        double current = first.value() == null ? Double.NaN : first.value();
        try {
            Files.writeString(folder.resolve(TuneStage.STUDY), Study.lines(trials));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Json.write(
                folder.resolve(TuneStage.BEST),
                new Best(model, metric, value, current, best.number(), new TreeMap<>(parameters)));
        run.progress().begin("report", -1);
        new StudyReport(
                        run.config().name(),
                        model,
                        target.column(),
                        run.date().toString(),
                        metric,
                        trials,
                        best,
                        parameters,
                        plan.describe())
                .write(folder.resolve(TuneStage.REPORT));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(MODEL, model);
        summary.put(METRIC, metric.key());
        summary.put(TARGET, described(target));
        summary.put("best", parameters);
        summary.put("best_trial", best.number());
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("best_cv_" + metric.key(), value);
        if (first.value() != null) {
            metrics.put("current_cv_" + metric.key(), current);
        }
        metrics.put("trials", (double) trials.size());
        for (Trial.Status status : Trial.Status.values()) {
            metrics.put("trials_" + status.key(), (double) count(status));
        }
        return new Stage.Outcome(metrics, summary, notes(best, parameters));
    }

    /** The best of those that were measured to the end; what train has now where the time was too short for that. */
    private Trial best() {
        return Study.best(trials, metric.greaterIsBetter()).orElseGet(() -> trials.stream()
                .filter(trial -> trial.status() == Trial.Status.CUT_SHORT)
                .findFirst()
                .orElseThrow(() -> PipelineException.data(
                        "every trial failed; the first one: " + trials.get(0).reason())));
    }

    private static double value(Trial trial) {
        Double value = trial.value();
        if (value == null) {
            throw new IllegalStateException("trial " + trial.number() + " has no value");
        }
        return value;
    }

    private long count(Trial.Status status) {
        return trials.stream().filter(trial -> trial.status() == status).count();
    }

    private List<String> notes(Trial best, Map<String, Object> parameters) {
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "%s, %d trials (%d given up early, %d failed)%s; %s",
                model,
                trials.size(),
                count(Trial.Status.PRUNED),
                count(Trial.Status.FAILED),
                known > 0 ? ", " + known + " of them made before" : "",
                plan.describe()));
        if (best.status() == Trial.Status.CUT_SHORT) {
            notes.add(
                    "the time limit was too short for one trial: the hyperparameters of now are kept, measured as far as"
                            + " it allowed");
        }
        Trial first = trials.get(0);
        notes.add(String.format(
                Locale.ROOT,
                "%s %.5g by cross-validation, %s before; it chose among trials, so it flatters: evaluate tells the truth",
                metric.title(),
                value(best),
                first.value() == null ? "not known" : String.format(Locale.ROOT, "%.5g", first.value())));
        notes.add("to use it each day set train.tuned to auto, or copy:");
        notes.add("  train:");
        notes.add("    model: " + model);
        notes.add("    params:");
        parameters.forEach((name, chosen) -> notes.add("      " + name + ": " + chosen));
        return notes;
    }
}
