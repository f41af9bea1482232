package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.features.ViewSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.TrainingSet;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The matrices of each fold, made once for all models that read the same view. A preprocessor is fitted to the training rows
 * of its fold alone, and these alone decide which columns it reads.
 */
final class FoldData {
    private final Rows rows;
    private final RowKeys keys;
    private final Target target;
    private final List<Fold> folds;
    private final Balancer balancer;
    private final long seed;
    private final Selections selections;
    private final Supplier<Deadline> selecting;
    private final Map<Key, Holder> sets = new ConcurrentHashMap<>();

    private record Key(View view, ViewSettings settings, int fold) {}

    /**
     * One fold as a model sees it.
     *
     * @param training what is learned from
     * @param heldOut what is checked on, and decides when boosting stops
     */
    record Sets(Preprocessor preprocessor, TrainingSet training, TrainingSet heldOut) {}

    /** All columns are learned from. */
    FoldData(Rows rows, RowKeys keys, Target target, List<Fold> folds, Balancer balancer, long seed) {
        this(
                rows,
                keys,
                target,
                folds,
                balancer,
                seed,
                new Selections(FeatureSettings.defaults(), rows, keys, target, seed, null),
                Deadline::none);
    }

    /**
     * Makes one.
     *
     * @param selecting by when a selection of columns that begins now is to end
     */
    FoldData(
            Rows rows,
            RowKeys keys,
            Target target,
            List<Fold> folds,
            Balancer balancer,
            long seed,
            Selections selections,
            Supplier<Deadline> selecting) {
        this.rows = rows;
        this.keys = keys;
        this.target = target;
        this.folds = List.copyOf(folds);
        this.balancer = balancer;
        this.seed = seed;
        this.selections = selections;
        this.selecting = selecting;
    }

    /** The same folds with all columns. */
    FoldData ofAllColumns() {
        return new FoldData(rows, keys, target, folds, balancer, seed);
    }

    List<Fold> folds() {
        return folds;
    }

    Target target() {
        return target;
    }

    Selections selections() {
        return selections;
    }

    long seed(int fold) {
        return folds.get(fold).seed(seed);
    }

    /** The targets of the rows held out, fold after fold. */
    double[] truth() {
        return folds.stream()
                .flatMapToDouble(fold -> Arrays.stream(values(fold.heldOut())))
                .toArray();
    }

    /** The targets of the rows held out in one fold. */
    double[] truth(int fold) {
        return values(folds.get(fold).heldOut());
    }

    /** How many numbers a model gives the rows held out in one fold. */
    int outputs(int fold) {
        return folds.get(fold).heldOut().length * target.outputs();
    }

    /** The rows held out in one fold. */
    Rows heldOut(int fold) {
        return new SelectedRows(rows, folds.get(fold).heldOut());
    }

    /** The matrices of one fold for a candidate. */
    Sets of(Candidate<?> candidate, int fold) {
        View view = candidate.learner().view();
        Key key = new Key(view, candidate.features().view(view), fold);
        return sets.computeIfAbsent(key, any -> new Holder()).get(() -> make(key, candidate.features()));
    }

    /** Holds matrices softly, so that those not in use give way where memory is short; made by who asks first. */
    private static final class Holder {
        private SoftReference<@Nullable Sets> reference = new SoftReference<>(null);

        synchronized Sets get(Supplier<Sets> maker) {
            Sets sets = reference.get();
            if (sets == null) {
                sets = maker.get();
                reference = new SoftReference<>(sets);
            }
            return sets;
        }
    }

    private Sets make(Key key, FeatureSettings features) {
        Fold fold = folds.get(key.fold());
        Rows training = new SelectedRows(rows, fold.training());
        Preprocessor full = Preprocessor.fit(features, key.view(), training, target, seed);
        Preprocessor preprocessor = selections.applied(full, fold, selecting.get());
        TrainingSet learned =
                new TrainingSet(preprocessor.transformTraining(training), target, values(fold.training()), null);
        TrainingSet balanced = balancer.balance(learned, fold.seed(seed));
        TrainingSet heldOut = new TrainingSet(
                preprocessor.transform(new SelectedRows(rows, fold.heldOut())), target, values(fold.heldOut()), null);
        return new Sets(preprocessor, balanced, balancer.match(heldOut, learned, balanced));
    }

    private double[] values(int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(row -> keys.values()[row]).toArray();
    }
}
