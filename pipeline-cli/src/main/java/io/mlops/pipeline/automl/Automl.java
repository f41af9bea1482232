package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.training.Answer;
import io.mlops.pipeline.evaluation.training.FoldOutcome;
import io.mlops.pipeline.evaluation.training.Judgement;
import io.mlops.pipeline.evaluation.training.OutOfFoldPredictions;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The best ensemble in a given time.
 *
 * @param features the user's settings, which each candidate's own are made from
 * @param threads how many models are fitted at a time
 */
public record Automl(AutomlSettings settings, FeatureSettings features, TrainSettings train, long seed, int threads) {
    /** The name in {@code --model}, and of its task for progress. */
    public static final String NAME = "automl";

    /** What is measured of answers, not of outputs. */
    private static final Set<Metric> OF_ANSWERS =
            EnumSet.of(Metric.COST, Metric.COVERAGE, Metric.INTERVAL_WIDTH, Metric.SET_SIZE);

    /** On how many rows permutation importance is measured at most: an ensemble takes its time for each. */
    private static final int IMPORTANCE_ROWS = 500;

    /**
     * Refuses settings that could never work.
     *
     * @throws PipelineException of kind USAGE
     */
    public static void check(AutomlSettings settings) {
        Portfolio.check(settings.families());
    }

    /**
     * Trains.
     *
     * @param testRows whether rows beside these were set aside to measure the result. Where not, and cross-validation is
     *     not switched off, a part of these is: those that choose models cannot tell how good the choice is.
     * @param checkpointFolder of this search alone; removed at its end
     */
    public TrainingResult train(Rows rows, Target target, boolean testRows, Path checkpointFolder, Progress progress) {
        Stopwatch stopwatch = new Stopwatch();
        Metric metric = metric(target);
        Costs costs = CostMatrix.of(train.costs(), train.threshold(), target);
        Checkpoints checkpoints = new Checkpoints(checkpointFolder, target);
        Budget budget = Budget.of(settings, checkpoints.secondsUsed());
        Integer folds = train.crossValidation().folds();
        boolean unmeasured = testRows || (folds != null && folds == 0);
        SearchRows searched =
                SearchRows.of(rows, target, !unmeasured, train.crossValidation().by(), seed);
        List<Candidate<?>> candidates = candidates(target);
        FoldPlan plan = new Planning(settings, train, features, seed).plan(searched, target, budget, threads);
        boolean byTime = plan.by() == By.TIME;
        Deadline deadline = budget.searchDeadline(byTime).orWhen(progress::isEnding);
        FoldData data = data(searched, target, folds(plan, searched.keys(), target));
        stopwatch.lap("plan");
        progress.begin(NAME, (long) candidates.size() * data.folds().size());
        Search.Result found =
                new Search(data, metric, candidates, deadline, threads, checkpoints, budget, progress).run();
        boolean ended = progress.isEnding();
        progress.end();
        stopwatch.lap("search");
        Judgement judgement = Judgement.of(
                outcomes(found.ensemble(), data),
                searched.keys(),
                target,
                train,
                costs,
                "rows that no fold's model had learned from, though they chose the models");
        Answer answer = judgement.answer();
        List<Ensemble.Share> members = byTime
                ? new Refit(searched, target, seed, threads).refit(found.ensemble(), budget.refitDeadline())
                : found.ensemble().members();
        Assembled assembled = Assembled.of(members, target);
        OutOfFoldPredictions untouched =
                searched.measure(assembled, answer.calibration().calibration(), target);
        stopwatch.lap("ensemble");
        List<PermutationImportance> permutation = importance(found.ensemble(), data, target);
        stopwatch.lap("importance");
        List<String> notes = new ArrayList<>();
        searched.note().ifPresent(notes::add);
        if (ended) {
            notes.add("a signal ended the search early, with the best so far");
        }
        checkpoints.problem().ifPresent(problem -> notes.add("models could not be kept meanwhile: " + problem));
        TrainingSummary summary = new TrainingSummary(
                NAME,
                Parameters.toMap(settings),
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
                Leaderboards.of(found, data, metric),
                null,
                stopwatch.seconds(),
                notes);
        checkpoints.delete();
        return new TrainingResult(
                assembled.model(),
                assembled.preprocessor(),
                answer.calibration().calibration(),
                answer.decision(),
                answer.conformal(),
                untouched,
                summary);
    }

    private Metric metric(Target target) {
        Metric metric = settings.metric() == null ? Metric.primary(target.task()) : settings.metric();
        if (!metric.appliesTo(target.task()) || OF_ANSWERS.contains(metric)) {
            throw PipelineException.usage("automl.metric: " + metric.key()
                    + " does not tell models of this target apart;" + " name another, such as "
                    + Metric.primary(target.task()).key());
        }
        return metric;
    }

    private List<Candidate<?>> candidates(Target target) {
        List<Candidate<?>> all = Portfolio.of(target.task(), features, settings.families());
        return settings.maxModels() == null ? all : all.subList(0, Math.min(all.size(), settings.maxModels()));
    }

    private List<Fold> folds(FoldPlan plan, RowKeys keys, Target target) {
        List<Fold> folds = Folds.of(plan, keys, target, seed);
        if (folds.isEmpty()) {
            throw PipelineException.data("automl compares models on rows held out, and there are none: "
                    + plan.describe() + "; give it more rows, or name a family with --model");
        }
        return folds;
    }

    private FoldData data(SearchRows searched, Target target, List<Fold> folds) {
        return new FoldData(
                searched.rows(), searched.keys(), target, folds, new Balancer(train.imbalance(), train.smote()), seed);
    }

    private static List<FoldOutcome<AutomlSettings>> outcomes(Ensemble ensemble, FoldData data) {
        List<FoldOutcome<AutomlSettings>> outcomes = new ArrayList<>();
        for (int i = 0; i < data.folds().size(); i++) {
            outcomes.add(new FoldOutcome<>(
                    data.folds().get(i), ensemble.outputsOf(i), AutomlSettings.defaults(), 0, List.of(), Map.of(), 0));
        }
        return outcomes;
    }

    /** By the models of the first fold, on the rows that it held out. */
    private List<PermutationImportance> importance(Ensemble ensemble, FoldData data, Target target) {
        Assembled first = Assembled.of(ensemble.membersOf(0), target);
        return PermutationImportance.merge(
                List.of(PermutationImportance.measure(
                        first.model(),
                        first.preprocessor().transform(data.heldOut(0)),
                        data.truth(0),
                        target,
                        Math.min(IMPORTANCE_ROWS, train.importanceRows()),
                        seed)),
                target);
    }

    /** Seconds by name. */
    private static final class Stopwatch {
        private final Map<String, Double> laps = new LinkedHashMap<>();
        private long last = System.nanoTime();

        void lap(String part) {
            long now = System.nanoTime();
            laps.put(part, (now - last) / 1e9);
            last = now;
        }

        Map<String, Double> seconds() {
            return laps;
        }
    }
}
