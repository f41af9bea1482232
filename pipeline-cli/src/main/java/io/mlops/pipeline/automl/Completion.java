package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.training.Answer;
import io.mlops.pipeline.evaluation.training.FoldOutcome;
import io.mlops.pipeline.evaluation.training.Judgement;
import io.mlops.pipeline.evaluation.training.OutOfFoldPredictions;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.model.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What follows once the models are there: calibration and decision, one model of them, and what is told of it.
 *
 * @param name of the way in which the model came about
 * @param settings of that way, by their names
 * @param source which rows calibration and threshold rest on, for people
 */
record Completion(
        String name,
        Map<String, Object> settings,
        String source,
        SearchRows searched,
        FoldPlan plan,
        FoldData data,
        Metric metric,
        TrainSettings train,
        AllColumns allColumns,
        Stopwatch stopwatch) {
    /** On how many rows permutation importance is measured at most: an ensemble takes its time for each. */
    private static final int IMPORTANCE_ROWS = 500;

    /**
     * Completes.
     *
     * @param skipped what was left out
     * @param explanationSeconds how long it may take to measure which columns matter, and how long what their selection
     *     changed; infinite without a clock
     * @param notes what a person should know
     */
    TrainingResult of(
            Delivery delivery, List<Search.Skipped> skipped, long seed, double explanationSeconds, List<String> notes) {
        Target target = data.target();
        Ensemble ensemble = delivery.ensemble();
        Judgement judgement = Judgement.of(
                outcomes(ensemble),
                searched.keys(),
                target,
                train,
                CostMatrix.of(train.costs(), train.threshold(), target),
                source);
        Answer answer = judgement.answer();
        Assembled assembled = delivery.assembled();
        OutOfFoldPredictions untouched =
                searched.measure(assembled, answer.calibration().calibration(), target);
        stopwatch.lap("ensemble");
        List<PermutationImportance> permutation = importance(ensemble, seed, explanationSeconds);
        stopwatch.lap("importance");
        List<String> all = new ArrayList<>();
        searched.note().ifPresent(all::add);
        all.addAll(notes);
        all.addAll(delivery.notes());
        SelectedColumns.note(data).ifPresent(all::add);
        SelectionSummary selection = SelectedColumns.of(
                        data, assembled.preprocessor(), ensemble.contenders(), allColumns, deadline(explanationSeconds))
                .orElse(null);
        if (selection != null) {
            stopwatch.lap("selection");
            all.add(selection.inWords());
            all.addAll(selection.notes());
        }
        TrainingSummary summary = new TrainingSummary(
                name,
                settings,
                target,
                searched.keys().rows(),
                assembled.preprocessor().features().size(),
                train.imbalance().name().toLowerCase(Locale.ROOT),
                plan,
                plan.describe(),
                List.of(),
                Map.of(),
                answer.calibration(),
                answer.threshold(),
                List.of(),
                assembled.model().importance(),
                permutation,
                Leaderboards.of(
                        delivery, skipped, Double.isFinite(explanationSeconds) || delivery.isTimed(), data, metric),
                selection,
                stopwatch.seconds(),
                all);
        return new TrainingResult(
                assembled.model(),
                assembled.preprocessor(),
                answer.calibration().calibration(),
                answer.decision(),
                answer.conformal(),
                untouched,
                summary);
    }

    private static Deadline deadline(double seconds) {
        return Double.isFinite(seconds) ? Deadline.after(Duration.ofNanos((long) (1e9 * seconds))) : Deadline.none();
    }

    private List<FoldOutcome<AutomlSettings>> outcomes(Ensemble ensemble) {
        List<FoldOutcome<AutomlSettings>> outcomes = new ArrayList<>();
        for (int i = 0; i < data.folds().size(); i++) {
            outcomes.add(new FoldOutcome<>(
                    data.folds().get(i), ensemble.outputsOf(i), AutomlSettings.defaults(), 0, List.of(), Map.of(), 0));
        }
        return outcomes;
    }

    /** By the models of the first fold, on the rows that it held out, of which each column asks for all again. */
    private List<PermutationImportance> importance(Ensemble ensemble, long seed, double seconds) {
        int columns = searched.rows().schema().inputs().size();
        double affordable = 1e6 * seconds / (columns + 1) / Math.max(1e-3, ensemble.microseconds());
        // On one thread, which is in memory.
        Assembled first = Assembled.of(ensemble.membersOf(0), ensemble.blend(), data.target());
        return PermutationImportance.merge(
                List.of(PermutationImportance.measure(
                        first.model().onOneThread(),
                        first.preprocessor().transform(data.heldOut(0)),
                        data.truth(0),
                        data.target(),
                        (int) Math.min(affordable, Math.min(IMPORTANCE_ROWS, train.importanceRows())),
                        seed)),
                data.target());
    }
}
