package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;

/**
 * One model that may be tried.
 *
 * @param name unique within a portfolio, for people: {@code xgboost (deep)}
 * @param features how the columns become its features
 * @param mostRows for more rows than this it is not worth its time
 * @param share the most of all the search's time that it may take, 0 to 1
 */
record Candidate<P extends Record>(
        String name, Learner<P> learner, P parameters, FeatureSettings features, int mostRows, double share) {

    /** Learns from the training rows of a fold; the rows held out may decide when to stop. */
    TrainedModel fit(FoldData.Sets sets, FitContext context) {
        boolean stops = learner.stopsEarly(parameters);
        return learner.fit(parameters, sets.training(), stops ? sets.heldOut() : null, context);
    }
}
