package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.TrainedModel;

/**
 * What a candidate became on one fold.
 *
 * @param model in memory, or as a {@link StoredModel}
 * @param outputs what it gave the rows held out
 * @param seconds how long fitting took
 * @param microseconds how long the prediction of a row took
 * @param cut whether the clock ended the fit
 */
record FoldModel(
        TrainedModel model,
        Preprocessor preprocessor,
        double[] outputs,
        double seconds,
        double microseconds,
        boolean cut) {

    /** The model itself, read from disk where it is there. */
    TrainedModel inMemory() {
        return StoredModel.inMemory(model);
    }

    /** The same, with its model elsewhere. */
    FoldModel with(TrainedModel other) {
        return new FoldModel(other, preprocessor, outputs, seconds, microseconds, cut);
    }
}
