package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrices of each fold, made once for all models that read the same view. A preprocessor is fitted to the training rows
 * of its fold alone.
 */
final class FoldData {
    private final Rows rows;
    private final RowKeys keys;
    private final Target target;
    private final List<Fold> folds;
    private final long seed;
    private final Map<Key, Sets> sets = new ConcurrentHashMap<>();

    private record Key(FeatureSettings features, View view, int fold) {}

    /**
     * One fold as a model sees it.
     *
     * @param training what is learned from
     * @param heldOut what is checked on, and decides when boosting stops
     */
    record Sets(Preprocessor preprocessor, TrainingSet training, TrainingSet heldOut) {}

    FoldData(Rows rows, RowKeys keys, Target target, List<Fold> folds, long seed) {
        this.rows = rows;
        this.keys = keys;
        this.target = target;
        this.folds = List.copyOf(folds);
        this.seed = seed;
    }

    List<Fold> folds() {
        return folds;
    }

    /** The matrices of one fold. */
    Sets of(FeatureSettings features, View view, int fold) {
        return sets.computeIfAbsent(new Key(features, view, fold), this::make);
    }

    private Sets make(Key key) {
        Fold fold = folds.get(key.fold());
        Rows training = new SelectedRows(rows, fold.training());
        Preprocessor preprocessor = Preprocessor.fit(key.features(), key.view(), training, target, seed);
        return new Sets(
                preprocessor,
                new TrainingSet(
                        preprocessor.transformTraining(training), target, values(fold.training()), null),
                new TrainingSet(
                        preprocessor.transform(new SelectedRows(rows, fold.heldOut())),
                        target,
                        values(fold.heldOut()),
                        null));
    }

    private double[] values(int[] chosen) {
        return Arrays.stream(chosen).mapToDouble(row -> keys.values()[row]).toArray();
    }
}
