package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.xgboost.Xgboost;
import io.mlops.pipeline.model.xgboost.XgboostParameters;
import java.time.Duration;
import java.util.List;

/** Decides into how many parts the rows are cut, by the time that one model was measured to take. */
record Planning(AutomlSettings settings, TrainSettings train, FeatureSettings features, long seed) {
    /** What a plan says of a number of folds that it was given. */
    private static final String AS_SET = "as set";

    /** AutoGluon's number of folds, where there is time for them. */
    private static final int MANY = 8;

    private static final int USUAL = 5;
    private static final int FEW = 3;

    /** From so many rows on, one part held out tells enough. */
    private static final int ONE_PART = FoldPlan.ONE_PART;

    /** How many models that take as long as the first there should be time for on all folds; most take less. */
    private static final int MODELS = 5;

    /** So many times over for many folds. */
    private static final double EASILY = 1.5;

    /** The share of the time that those may take. */
    private static final double SHARE = 0.8;

    /** Boosting takes at least about so many rounds. */
    private static final int ROUNDS = 300;

    /** The share of the time that the first fit may take. */
    private static final double PROBE = 0.06;

    FoldPlan plan(SearchRows rows, Target target, Budget budget, int threads, Selections selections) {
        FoldPlan usual = settings.folds() != null
                ? plan(rows, target, settings.folds(), AS_SET)
                : plan(rows, target, byRows(rows), "by the number of rows");
        if (settings.folds() != null || !budget.isLimited() || usual.folds() < 2) {
            return usual;
        }
        Probed one = probe(rows, target, usual, budget, threads, selections);
        double available = Math.min(
                SHARE * budget.seconds() * threads / (MODELS * one.seconds()),
                budget.selectionSeconds() * threads / one.selecting());
        int folds = available >= EASILY * MANY ? MANY : available >= USUAL ? USUAL : available >= FEW ? FEW : 1;
        FoldPlan planned = plan(rows, target, folds, "as many as the time allows");
        boolean telling = Folds.of(planned, rows.keys(), target, seed).stream()
                .anyMatch(fold -> Folds.isTelling(fold.heldOut(), rows.keys(), target));
        return telling ? planned : plan(rows, target, FEW, "fewer hold out one class only");
    }

    private static int byRows(SearchRows rows) {
        return rows.keys().rows() >= ONE_PART ? 1 : USUAL;
    }

    private FoldPlan plan(SearchRows rows, Target target, int folds, String reason) {
        FoldPlan plan = FoldPlan.of(
                rows.keys(),
                target,
                new CrossValidationSettings(folds, 1, train.crossValidation().by()),
                rows.rows().schema().inputs().size());
        return new FoldPlan(
                plan.by(), plan.folds(), plan.repeats(), plan.reason().replace(AS_SET, reason));
    }

    /**
     * What one fold takes.
     *
     * @param seconds of boosting; where it takes longer than is good to wait for, an estimate
     * @param selecting seconds in which its columns are selected; 0 where they are not
     */
    private record Probed(double seconds, double selecting) {}

    private Probed probe(
            SearchRows rows, Target target, FoldPlan plan, Budget budget, int threads, Selections selections) {
        List<Fold> folds = Folds.of(plan, rows.keys(), target, seed);
        if (folds.isEmpty()) {
            return new Probed(0, 0);
        }
        FoldData data = new FoldData(
                rows.rows(),
                rows.keys(),
                target,
                folds.subList(0, 1),
                new Balancer(train.imbalance(), train.smote()),
                seed,
                selections,
                () -> budget.selectionDeadline(Deadline.none(), FEW, threads));
        Xgboost learner = new Xgboost();
        XgboostParameters parameters = learner.defaults(target.task());
        Candidate<?> candidate = new Candidate<>("probe", learner, parameters, features, Integer.MAX_VALUE, 1);
        FoldData.Sets sets = data.of(candidate, 0);
        Deadline deadline = Deadline.after(Duration.ofNanos((long) (1e9 * PROBE * budget.seconds())));
        long start = System.nanoTime();
        TrainedModel model =
                learner.fit(parameters, sets.training(), sets.heldOut(), new FitContext(seed, 1, deadline));
        double seconds = (System.nanoTime() - start) / 1e9;
        double each = seconds / learner.settled(parameters, model).rounds();
        return new Probed(
                deadline.passed() ? Math.max(2 * seconds, ROUNDS * each) : seconds,
                selections.of(folds.get(0)).map(KeptSelections.Made::seconds).orElse(0.0));
    }
}
