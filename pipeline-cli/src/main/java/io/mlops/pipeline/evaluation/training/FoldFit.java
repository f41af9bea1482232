package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.selection.Selected;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One fit that never sees the rows it is checked on: preprocessor, made-up rows and early stopping all come from the
 * training side of the fold.
 *
 * @param by what decides which training rows are set aside for early stopping
 * @param importanceRows on how many held-out rows of a fold permutation importance is measured
 */
record FoldFit<P extends Record>(
        Learner<P> learner,
        P parameters,
        FeatureSettings features,
        Rows rows,
        RowKeys keys,
        Target target,
        Balancer balancer,
        By by,
        double stoppingShare,
        int importanceRows,
        long seed) {

    /** A fold whose early stopping, where there is any, is decided by a slice of its training rows. */
    FoldOutcome<P> fit(Fold fold, int threads) {
        return fit(prepare(fold, threads), parameters, threads, Deadline.none());
    }

    /** A fold whose early stopping is decided by the held-out rows themselves: only where there is no other use of them. */
    FoldOutcome<P> fitStoppingOnHeldOut(Fold fold, int threads) {
        return fit(prepare(fold, fold.training(), fold.heldOut(), threads), parameters, threads, Deadline.none());
    }

    /** What a fold is learned from and checked on, whatever the hyperparameters are that do not decide over early stopping. */
    PreparedFold prepare(Fold fold, int threads) {
        if (!learner.stopsEarly(parameters)) {
            return prepare(fold, fold.training(), new int[0], threads);
        }
        Optional<Fold> slice = Folds.holdOut(keys.select(fold.training()), target, by, stoppingShare, fold.seed(seed));
        return slice.map(each -> prepare(
                        fold, pick(fold.training(), each.training()), pick(fold.training(), each.heldOut()), threads))
                .orElseGet(() -> prepare(fold, fold.training(), new int[0], threads));
    }

    private PreparedFold prepare(Fold fold, int[] training, int[] stopping, int threads) {
        long start = System.nanoTime();
        Rows trainingRows = new SelectedRows(rows, training);
        Preprocessor full = Preprocessor.fit(features, learner.view(), trainingRows, target, seed);
        TrainingSet wide = set(full.transformTraining(trainingRows), training);
        Selected selected = Selected.of(features.select(), full, wide, keys.select(training), fold.seed(seed), threads);
        PreparedFold unselected =
                selected.preprocessor() == full ? null : data(fold, full, wide, stopping, null, null, start);
        return data(
                fold, selected.preprocessor(), selected.training(), stopping, selected.selection(), unselected, start);
    }

    private PreparedFold data(
            Fold fold,
            Preprocessor preprocessor,
            TrainingSet learned,
            int[] stopping,
            @Nullable Selection selection,
            @Nullable PreparedFold unselected,
            long start) {
        TrainingSet balanced = balancer.balance(learned, fold.seed(seed));
        TrainingSet validation = null;
        if (stopping.length > 0) {
            TrainingSet slice = set(preprocessor.transform(new SelectedRows(rows, stopping)), stopping);
            validation = balancer.match(slice, learned, balanced);
        }
        FeatureMatrix heldOut = preprocessor.transform(new SelectedRows(rows, fold.heldOut()));
        return new PreparedFold(
                fold, balanced, validation, heldOut, selection, unselected, (System.nanoTime() - start) / 1e9);
    }

    /** Learns from what was prepared. */
    FoldOutcome<P> fit(PreparedFold data, P chosen, int threads, Deadline deadline) {
        long start = System.nanoTime();
        Fold fold = data.fold();
        TrainedModel model = learn(data, chosen, threads, deadline);
        double[] outputs = model.predict(data.heldOut());
        Map<String, Double> importance = fold.repeat() == 0 && importanceRows > 0
                ? PermutationImportance.measure(
                        model,
                        data.heldOut(),
                        pick(keys.values(), fold.heldOut()),
                        target,
                        importanceRows,
                        fold.seed(seed))
                : Map.of();
        boolean stopped = learner.stopsEarly(chosen) && data.validation() != null;
        return new FoldOutcome<>(
                fold,
                outputs,
                stopped ? learner.settled(chosen, model) : chosen,
                stopped ? bestRound(model.learningCurves()) : 0,
                fold.repeat() == 0 ? model.learningCurves() : List.of(),
                importance,
                data.seconds() + (System.nanoTime() - start) / 1e9,
                data.selection(),
                fold.repeat() > 0 || data.selection() == null
                        ? null
                        : compare(outputs, data, chosen, threads, deadline));
    }

    private TrainedModel learn(PreparedFold data, P chosen, int threads, Deadline deadline) {
        TrainingSet validation = learner.stopsEarly(chosen) ? data.validation() : null;
        FitContext context = new FitContext(data.fold().seed(seed), threads, deadline);
        return learner.fit(chosen, data.training(), validation, context);
    }

    /** The model of the selected columns beside one of all columns, on the rows held out; null where these cannot tell. */
    private SelectionSummary.@Nullable Compared compare(
            double[] outputs, PreparedFold data, P chosen, int threads, Deadline deadline) {
        PreparedFold unselected = data.unselected();
        double[] others = unselected == null
                ? outputs
                : learn(unselected, chosen, threads, deadline).predict(unselected.heldOut());
        OptionalDouble score = score(outputs, data.fold());
        OptionalDouble all = score(others, data.fold());
        return score.isEmpty() || all.isEmpty()
                ? null
                : new SelectionSummary.Compared(score.getAsDouble(), all.getAsDouble());
    }

    private OptionalDouble score(double[] outputs, Fold fold) {
        Predictions predictions =
                Predictions.of(target, pick(keys.values(), fold.heldOut()), outputs, Decision.defaults());
        return Metrics.compute(predictions).value(Metric.primary(target.task()));
    }

    private TrainingSet set(FeatureMatrix matrix, int[] indexes) {
        return new TrainingSet(matrix, target, pick(keys.values(), indexes), null);
    }

    private static int bestRound(List<LearningCurve> curves) {
        for (LearningCurve curve : curves) {
            if (curve.rows().equals("validation")) {
                int best = 0;
                for (int round = 1; round < curve.values().size(); round++) {
                    best = curve.values().get(round) < curve.values().get(best) ? round : best;
                }
                return best + 1;
            }
        }
        return 0;
    }

    static int[] pick(int[] from, int[] indexes) {
        int[] picked = new int[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            picked[i] = from[indexes[i]];
        }
        return picked;
    }

    static double[] pick(double[] from, int[] indexes) {
        double[] picked = new double[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            picked[i] = from[indexes[i]];
        }
        return picked;
    }
}
