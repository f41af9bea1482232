package io.mlops.pipeline.model;

import io.mlops.pipeline.features.FeatureMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a learner has learned; safe to use from several threads. */
public interface TrainedModel {
    /** The name of the learner that made it, and whose {@link Learner#load} reads it. */
    String learner();

    /** For each row, one probability per class in the order of the target's classes, or one value; row by row. */
    double[] predict(FeatureMatrix features);

    /** The same model, which predicts on one thread only; for who measures how long that takes. */
    default TrainedModel onOneThread() {
        return this;
    }

    /** How much each feature contributed, by the feature's name, summing to 1; empty where the family cannot say. */
    Map<String, Double> importance();

    /**
     * What each column of the table adds to each row's outputs: base and contributions together give the outputs.
     *
     * @throws io.mlops.pipeline.PipelineException where the model was saved by a version that kept too little for it
     */
    Contributions contributions(FeatureMatrix features);

    /** How the loss went over the rounds; empty where the family has none. */
    default List<LearningCurve> learningCurves() {
        return List.of();
    }

    /** Writes open formats (JSON, UBJ, protobuf) into an existing, empty folder. */
    void save(Path folder);
}
