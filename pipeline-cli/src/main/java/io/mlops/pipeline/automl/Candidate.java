package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Learner;

/**
 * One model that may be tried.
 *
 * @param name unique within a portfolio, for people: {@code xgboost (deep)}
 * @param features how the columns become its features
 */
record Candidate<P extends Record>(String name, Learner<P> learner, P parameters, FeatureSettings features) {}
