package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.training.OutOfFoldPredictions;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.model.Calibration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that models are learned from and chosen by, in memory; and those that have no part in it.
 *
 * @param keys of the rows
 * @param untouched rows that measure the result; null where others do
 * @param untouchedKeys of these
 */
record SearchRows(
        Rows rows,
        RowKeys keys,
        @Nullable Rows untouched,
        @Nullable RowKeys untouchedKeys) {
    /** The share of the training rows that measures the result, where no others do. */
    private static final double SHARE = 0.2;

    /**
     * Divides rows: some of them are to measure the result, unless others do or no score is wanted.
     *
     * @param testRows whether others do
     */
    static SearchRows of(Rows rows, Target target, TrainSettings train, boolean testRows, long seed) {
        CrossValidationSettings validation = train.crossValidation();
        boolean setAside = !testRows && (validation.folds() == null || validation.folds() != 0);
        Rows all = new TableRows(rows.schema(), rows.readAll());
        RowKeys keys = RowKeys.read(all, target);
        Optional<Fold> fold = setAside
                ? Folds.holdOut(keys, target, FoldPlan.resolve(validation.by(), keys), SHARE, seed)
                : Optional.empty();
        return fold.map(each -> new SearchRows(
                        new SelectedRows(all, each.training()),
                        keys.select(each.training()),
                        new SelectedRows(all, each.heldOut()),
                        keys.select(each.heldOut())))
                .orElseGet(() -> new SearchRows(all, keys, null, null));
    }

    /** What the finished model says of the rows that had no part in making it; of none where there are none. */
    OutOfFoldPredictions measure(Assembled model, Calibration calibration, Target target) {
        if (untouched == null || untouchedKeys == null) {
            return OutOfFoldPredictions.none();
        }
        double[] outputs = model.model().predict(model.preprocessor().transform(untouched));
        return new OutOfFoldPredictions(
                untouchedKeys.numbers(), untouchedKeys.values(), calibration.apply(outputs, target.outputs()));
    }

    /** What a person should know of the division. */
    Optional<String> note() {
        return Optional.ofNullable(untouchedKeys)
                .map(each -> "there are no test rows, so " + each.rows()
                        + " of the training rows were not learned from," + " to measure the result");
    }
}
