package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.TrainedModel;

/**
 * What a candidate became on one fold.
 *
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
        boolean cut) {}
