package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.xgboost.Xgboost;
import java.util.List;
import java.util.Map;

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

    /** How many models of the usual size there should be time for on all folds. */
    private static final int MODELS = 8;

    /** The share of the time that those may take. */
    private static final double SHARE = 0.7;

    /** Boosting usually stops after about so many rounds. */
    private static final int ROUNDS = 300;

    private static final int SHORT = 4;
    private static final int LONG = 12;

    FoldPlan plan(SearchRows rows, Target target, Budget budget, int threads) {
        FoldPlan usual = settings.folds() != null
                ? plan(rows, target, settings.folds(), AS_SET)
                : plan(rows, target, byRows(rows), "by the number of rows");
        if (settings.folds() != null || !budget.isLimited() || usual.folds() < 2) {
            return usual;
        }
        double each = secondsOfOne(rows, target, usual);
        double available = SHARE * budget.seconds() * threads / (MODELS * each);
        int folds = available >= 3 * MANY ? MANY : available >= USUAL ? USUAL : available >= FEW ? FEW : 1;
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

    /** How long boosting takes on one fold, from a few of its rounds. */
    private double secondsOfOne(SearchRows rows, Target target, FoldPlan plan) {
        List<Fold> folds = Folds.of(plan, rows.keys(), target, seed);
        if (folds.isEmpty()) {
            return 0;
        }
        FoldData data = new FoldData(
                rows.rows(),
                rows.keys(),
                target,
                folds.subList(0, 1),
                new Balancer(train.imbalance(), train.smote()),
                seed);
        double few = seconds(data, target, SHORT);
        double more = seconds(data, target, LONG);
        return few + Math.max(0, more - few) / (LONG - SHORT) * ROUNDS;
    }

    private double seconds(FoldData data, Target target, int rounds) {
        Xgboost learner = new Xgboost();
        Candidate<?> candidate = new Candidate<>(
                "probe",
                learner,
                Parameters.with(learner.defaults(target.task()), Map.of("rounds", rounds, "early_stopping_rounds", 0)),
                features,
                Integer.MAX_VALUE,
                1);
        FoldData.Sets sets = data.of(candidate, 0);
        long start = System.nanoTime();
        candidate.fit(sets, new FitContext(seed, 1));
        return (System.nanoTime() - start) / 1e9;
    }
}
