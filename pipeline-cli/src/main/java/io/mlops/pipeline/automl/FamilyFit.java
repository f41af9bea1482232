package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldRunner;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits a family on every fold. Nothing of a fold's model depends on the rows that it holds out: where a fit stops early, a
 * slice of the fold's training rows says when, and the model learns from all of them once more.
 */
final class FamilyFit {
    private final FoldData data;
    private final List<Optional<FoldData>> stopping;

    /**
     * Makes one.
     *
     * @param by what decides which rows are in a slice
     * @param share of a fold's training rows that are
     */
    FamilyFit(FoldData data, Rows rows, RowKeys keys, Balancer balancer, By by, double share, long seed) {
        this.data = data;
        this.stopping = data.folds().stream()
                .map(fold -> slice(fold, keys, data.target(), by, share, seed)
                        .map(each -> new FoldData(
                                rows,
                                keys,
                                data.target(),
                                List.of(each),
                                balancer,
                                seed,
                                data.selections(),
                                Deadline::none)))
                .toList();
    }

    private static Optional<Fold> slice(Fold fold, RowKeys keys, Target target, By by, double share, long seed) {
        int[] training = fold.training();
        return Folds.holdOut(keys.select(training), target, by, share, fold.seed(seed))
                .map(each -> new Fold(
                        fold.repeat(), fold.index(), pick(training, each.training()), pick(training, each.heldOut())));
    }

    private static int[] pick(int[] from, int[] places) {
        return Arrays.stream(places).map(place -> from[place]).toArray();
    }

    /** The models of a family, fold by fold. */
    Contender fit(Candidate<?> candidate, int threads, Progress progress) {
        List<Fold> folds = data.folds();
        List<FoldModel> models = FoldRunner.run(
                folds, threads, folds.size(), (fold, each) -> fit(candidate, folds.indexOf(fold), each), progress);
        return Contender.of(candidate, new ArrayList<>(models));
    }

    /** The model of a family on one fold. */
    <P extends Record> FoldModel fit(Candidate<P> candidate, int fold, int threads) {
        long start = System.nanoTime();
        FitContext context = new FitContext(data.seed(fold), threads);
        P settled = stopping.get(fold)
                .filter(each -> candidate.learner().stopsEarly(candidate.parameters()))
                .map(slice -> candidate
                        .learner()
                        .settled(candidate.parameters(), candidate.fit(slice.of(candidate, 0), context)))
                .orElse(candidate.parameters());
        FoldData.Sets sets = data.of(candidate, fold);
        TrainedModel model = candidate.learner().fit(settled, sets.training(), null, context);
        long fitted = System.nanoTime();
        Preprocessor preprocessor = sets.preprocessor();
        double[] outputs = model.predict(sets.heldOut().features());
        double microseconds =
                (System.nanoTime() - fitted) / 1e3 / Math.max(1, sets.heldOut().rows());
        return new FoldModel(model, preprocessor, outputs, (fitted - start) / 1e9, microseconds, false);
    }
}
