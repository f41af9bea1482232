package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.EnsembleSettings.Kind;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.ensemble.Blend;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * An ensemble of the families that a person has named: all are fitted on all folds, without a clock.
 *
 * @param features the user's settings
 * @param threads how many folds are fitted at a time
 */
public record FamilyEnsemble(
        EnsembleSettings settings, FeatureSettings features, TrainSettings train, long seed, int threads) {
    /** The name in {@code --model}. */
    public static final String NAME = EnsembleModel.NAME;

    private static final int FOLDS = 5;

    /** Gives each family its hyperparameters. */
    public interface Hyperparameters {
        /** Those of a family for a task. */
        <P extends Record> P of(Learner<P> learner, Task task);
    }

    /**
     * Refuses settings that could never work.
     *
     * @throws PipelineException of kind USAGE
     */
    public static void check(EnsembleSettings settings) {
        List<String> families = settings.families();
        Set<String> seen = new HashSet<>();
        for (String family : families) {
            if (Learners.all().stream().noneMatch(each -> each.name().equals(family))) {
                throw PipelineException.usage("ensemble.families: there is no family '" + family
                        + "'; the families are "
                        + String.join(
                                ", ", Learners.all().stream().map(Learner::name).toList()));
            }
            if (!seen.add(family)) {
                throw PipelineException.usage(
                        "ensemble.families: '" + family + "' is there twice; name each family once");
            }
        }
        String kind = settings.kind().name().toLowerCase(Locale.ROOT);
        boolean bagging = settings.kind() == Kind.BAGGING;
        if (bagging && families.size() > 1) {
            throw PipelineException.usage("ensemble.families: bagging combines the models of one family, and there are "
                    + families.size() + "; name one, or let ensemble.kind be voting, greedy or stacking");
        }
        if (!bagging && families.size() == 1) {
            throw PipelineException.usage("ensemble.families: " + kind + " combines two families or more, and there is "
                    + "only '" + families.get(0) + "'; name another, or let ensemble.kind be bagging");
        }
        if (bagging && settings.folds() != null && settings.folds() < 2) {
            throw PipelineException.usage(
                    "ensemble.folds: bagging needs a model of each of several folds; let it be 2 or" + " more");
        }
        Set<String> combined = new TreeSet<>();
        for (Task task : Task.values()) {
            combined.addAll(families(settings, task));
        }
        for (String family : settings.params().keySet()) {
            if (!combined.contains(family)) {
                throw PipelineException.usage("ensemble.params: '" + family + "' is not one of the families that are"
                        + " combined, which are " + String.join(", ", combined));
            }
        }
    }

    /**
     * Trains.
     *
     * @param testRows see {@link Automl#train}
     */
    public TrainingResult train(
            Rows rows, Target target, boolean testRows, Hyperparameters hyperparameters, Progress progress) {
        Stopwatch stopwatch = new Stopwatch();
        features.select().check(rows.schema());
        List<Candidate<?>> candidates = candidates(target.task(), hyperparameters);
        // Costs of a class that is not there are refused before minutes are spent.
        CostMatrix.of(train.costs(), train.threshold(), target);
        SearchRows searched = SearchRows.of(rows, target, train, testRows, seed);
        FoldPlan plan = plan(searched, target);
        List<Fold> folds = folds(plan, searched, target);
        Balancer balancer = new Balancer(train.imbalance(), train.smote());
        Selections selections = new Selections(features, searched.rows(), searched.keys(), target, seed, null);
        FoldData data = new FoldData(
                searched.rows(), searched.keys(), target, folds, balancer, seed, selections, Deadline::none);
        FamilyFit fit = fit(data, searched, balancer, plan.by());
        stopwatch.lap("plan");
        progress.begin(NAME, (long) candidates.size() * folds.size());
        List<Contender> contenders = new ArrayList<>();
        for (Candidate<?> candidate : candidates) {
            contenders.add(fit(fit, candidate, progress));
        }
        progress.end();
        stopwatch.lap("models");
        Metric metric = Metric.primary(target.task());
        FamilyFit all = fit(data.ofAllColumns(), searched, balancer, plan.by());
        Completion completion = new Completion(
                NAME,
                Overlay.values(settings),
                "rows that no fold's model had learned from" + (isWeighed() ? ", though they gave the weights" : ""),
                searched,
                plan,
                data,
                metric,
                train,
                new AllColumns(
                        data,
                        (candidate, fold, deadline) ->
                                all.fit(candidate, fold, 1).outputs(),
                        threads),
                stopwatch);
        Refit refit = new Refit(searched, target, balancer, seed, threads, selections);
        Deliveries deliveries = new Deliveries(data, plan.by() == By.TIME, refit, Deadline.none());
        Delivery delivery = deliveries.whole(combine(contenders, data, metric));
        return completion.of(delivery, List.of(), seed, Double.POSITIVE_INFINITY, List.of());
    }

    private FamilyFit fit(FoldData data, SearchRows searched, Balancer balancer, By by) {
        return new FamilyFit(data, searched.rows(), searched.keys(), balancer, by, train.stoppingShare(), seed);
    }

    private boolean isWeighed() {
        return settings.kind() == Kind.GREEDY || settings.kind() == Kind.STACKING;
    }

    private Ensemble combine(List<Contender> contenders, FoldData data, Metric metric) {
        return switch (settings.kind()) {
            case BAGGING, VOTING -> {
                double[] equal = new double[contenders.size()];
                Arrays.fill(equal, 1.0 / equal.length);
                yield Ensemble.of(contenders, equal, Blend.mean());
            }
            case GREEDY ->
                Ensemble.select(
                        contenders, new SelectionLoss(metric, data.target(), data.truth()), data.truth().length);
            case STACKING -> {
                Stacking stacking =
                        Stacking.fit(contenders.stream().map(Contender::outputs).toList(), data.truth(), data.target());
                yield Ensemble.of(contenders, stacking.weights(), stacking.blend());
            }
        };
    }

    private Contender fit(FamilyFit fit, Candidate<?> candidate, Progress progress) {
        try {
            Contender contender = fit.fit(candidate, threads, progress);
            if (Arrays.stream(contender.outputs()).anyMatch(each -> !Double.isFinite(each))) {
                throw PipelineException.data("it gave numbers that are not finite");
            }
            return contender;
        } catch (PipelineException e) {
            throw new PipelineException(
                    e.kind(),
                    "ensemble.families: '" + candidate.name() + "' cannot be one of them: " + e.message()
                            + "; leave it out or change ensemble.params." + candidate.name(),
                    e);
        }
    }

    private List<Candidate<?>> candidates(Task task, Hyperparameters hyperparameters) {
        List<Candidate<?>> candidates = new ArrayList<>();
        for (String family : families(settings, task)) {
            Learner<?> learner = Learners.named(family);
            learner.requireTask(task);
            candidates.add(candidate(learner, task, hyperparameters));
        }
        return candidates;
    }

    private static List<String> families(EnsembleSettings settings, Task task) {
        if (!settings.families().isEmpty()) {
            return settings.families();
        }
        return settings.kind() == Kind.BAGGING
                ? List.of("xgboost")
                : List.of(
                        "xgboost",
                        "lightgbm",
                        "extra_trees",
                        task.isClassification() ? "logistic_regression" : "linear_regression");
    }

    private <P extends Record> Candidate<P> candidate(Learner<P> learner, Task task, Hyperparameters hyperparameters) {
        return new Candidate<>(
                learner.name(), learner, hyperparameters.of(learner, task), features, Integer.MAX_VALUE, 1);
    }

    private FoldPlan plan(SearchRows searched, Target target) {
        boolean many = searched.keys().rows() >= FoldPlan.ONE_PART && settings.kind() != Kind.BAGGING;
        int folds = settings.folds() != null ? settings.folds() : many ? 1 : FOLDS;
        return FoldPlan.of(
                searched.keys(),
                target,
                new CrossValidationSettings(folds, 1, train.crossValidation().by()),
                searched.rows().schema().inputs().size());
    }

    private List<Fold> folds(FoldPlan plan, SearchRows searched, Target target) {
        boolean bagging = settings.kind() == Kind.BAGGING;
        if (bagging && plan.by() == By.TIME) {
            throw PipelineException.usage(
                    "ensemble.kind: bagging takes the models of all folds for equal, and where rows"
                            + " have a time those of the first folds know the least; let it be voting, greedy or stacking, or"
                            + " train.cross_validation.by random");
        }
        List<Fold> folds =
                Folds.toCompare(plan, searched.keys(), target, seed, "an ensemble is made by means of rows held out");
        if (bagging && folds.size() < 2) {
            throw PipelineException.data("bagging needs a model of each of several folds, and these rows give one: "
                    + plan.describe() + "; give it more rows, or name a family with --model");
        }
        return folds;
    }
}
