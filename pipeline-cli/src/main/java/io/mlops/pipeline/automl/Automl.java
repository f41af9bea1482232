package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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

    /** The folder of the selections of columns, beside those of the models. */
    private static final String SELECTIONS = "selections";

    /** What is measured of answers, not of outputs. */
    private static final Set<Metric> OF_ANSWERS =
            EnumSet.of(Metric.COST, Metric.COVERAGE, Metric.INTERVAL_WIDTH, Metric.SET_SIZE);

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
     * @param checkpointFolder of this search alone; stays, for what comes after the search may be killed, too
     */
    public TrainingResult train(Rows rows, Target target, boolean testRows, Path checkpointFolder, Progress progress) {
        Stopwatch stopwatch = new Stopwatch();
        Metric metric = metric(target);
        features.select().check(rows.schema());
        // Costs of a class that is not there are refused before minutes are spent.
        CostMatrix.of(train.costs(), train.threshold(), target);
        Checkpoints checkpoints = new Checkpoints(checkpointFolder, target);
        Budget budget = Budget.of(settings, checkpoints.secondsUsed());
        SearchRows searched = SearchRows.of(rows, target, train, testRows, seed);
        int most = settings.maxModels() == null ? mostModels(searched.keys().rows()) : settings.maxModels();
        List<Candidate<?>> candidates = Portfolio.of(target.task(), features, settings.families()).stream()
                .limit(most)
                .toList();
        Selections selections = new Selections(
                features,
                searched.rows(),
                searched.keys(),
                target,
                seed,
                new KeptSelections(checkpointFolder.resolve(SELECTIONS)));
        FoldPlan plan =
                new Planning(settings, train, features, seed).plan(searched, target, budget, threads, selections);
        boolean refits = plan.by() == By.TIME || settings.maxLatencyUs() != null;
        Deadline deadline = budget.searchDeadline(refits).orWhen(progress::isEnding);
        List<Fold> folds = folds(plan, searched.keys(), target);
        FoldData data = new FoldData(
                searched.rows(),
                searched.keys(),
                target,
                folds,
                balancer(),
                seed,
                selections,
                () -> budget.selectionDeadline(deadline, folds.size(), threads));
        stopwatch.lap("plan");
        int expected = settings.maxModels() == null ? candidates.size() : most;
        progress.begin(NAME, (long) expected * data.folds().size());
        int learned = data.folds().get(0).training().length;
        Search search = new Search(
                data,
                metric,
                candidates,
                new Proposals(candidates, target.task(), learned, seed),
                most,
                deadline,
                FitSlots.of(threads),
                checkpoints,
                budget,
                progress);
        Search.Result found = search.run();
        boolean ended = progress.isEnding();
        progress.end();
        stopwatch.lap("search");
        List<String> notes = new ArrayList<>();
        if (ended) {
            notes.add("a signal ended the search early, with the best so far");
        }
        if (budget.isLimited() && found.ensemble().isUnfinished()) {
            notes.add("the time limit did not suffice to finish a model, and the best of what there was is kept: raise"
                    + " automl.time_limit");
        }
        checkpoints.problem().ifPresent(problem -> notes.add("models could not be kept meanwhile: " + problem));
        Completion completion = new Completion(
                NAME,
                settings.decisive(),
                "rows that no fold's model had learned from, though they chose the models",
                searched,
                plan,
                data,
                metric,
                train,
                new AllColumns(data, AllColumns.Fit.of(data.ofAllColumns()), threads),
                stopwatch);
        Deliveries deliveries = new Deliveries(
                data,
                plan.by() == By.TIME,
                new Refit(searched, target, balancer(), seed, threads, selections),
                budget.refitDeadline());
        Delivery delivery = deliveries.timed(found.ensemble(), metric, settings.maxLatencyUs());
        return completion.of(delivery, found.skipped(), seed, budget.explanationSeconds(), notes);
    }

    private Metric metric(Target target) {
        Metric metric = settings.metric() == null ? Metric.primary(target.task()) : settings.metric();
        if (!metric.appliesTo(target.task()) || OF_ANSWERS.contains(metric)) {
            throw PipelineException.usage("automl.metric: " + metric.key()
                    + " does not tell models of this target apart; name another, such as "
                    + Metric.primary(target.task()).key());
        }
        return metric;
    }

    /** How many models so many rows can be trusted to choose among. */
    private static int mostModels(int rows) {
        double[][] caps = {{100, 8}, {500, 16}, {2_500, 30}, {10_000, 60}, {100_000, 150}};
        int above = 1;
        while (above < caps.length - 1 && rows > caps[above][0]) {
            above++;
        }
        double place = (Math.log(rows) - Math.log(caps[above - 1][0]))
                / (Math.log(caps[above][0]) - Math.log(caps[above - 1][0]));
        double log = Math.log(caps[above - 1][1]) + place * (Math.log(caps[above][1]) - Math.log(caps[above - 1][1]));
        return (int) Math.max(caps[0][1], Math.min(200, Math.exp(log)));
    }

    private List<Fold> folds(FoldPlan plan, RowKeys keys, Target target) {
        return Folds.toCompare(plan, keys, target, seed, "automl compares models on rows held out");
    }

    private Balancer balancer() {
        return new Balancer(train.imbalance(), train.smote());
    }
}
