package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.TrainedModel;
import java.util.function.Supplier;

/**
 * What a candidate became on one fold.
 *
 * @param source gives the model, from memory or from disk
 * @param outputs what it gave the rows held out
 * @param seconds how long fitting took
 * @param microseconds how long the prediction of a row took
 * @param cut whether the clock ended the fit
 */
record FoldModel(
        Supplier<TrainedModel> source,
        Preprocessor preprocessor,
        double[] outputs,
        double seconds,
        double microseconds,
        boolean cut) {

    /** The model; each call may read it anew. */
    TrainedModel model() {
        return source.get();
    }

    /** The same, with its model elsewhere. */
    FoldModel from(Supplier<TrainedModel> other) {
        return new FoldModel(other, preprocessor, outputs, seconds, microseconds, cut);
    }
}
