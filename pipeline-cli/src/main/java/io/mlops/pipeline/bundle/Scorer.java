package io.mlops.pipeline.bundle;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.typing.Chunk;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.TrainedModel;

/**
 * The way from clean rows to predictions; safe to use from several threads.
 *
 * <p>A row's scores depend on nothing but that row, so rows may come in chunks of any size.
 */
public record Scorer(
        Target target, Preprocessor preprocessor, TrainedModel model, Calibration calibration, Decision decision) {

    /** Scores a chunk; its columns may have any order, and further columns are ignored. */
    public Scores score(Chunk chunk) {
        return score(preprocessor.transform(chunk.rows()));
    }

    /** Scores rows that have been through the preprocessor. */
    public Scores score(FeatureMatrix features) {
        double[] outputs = calibration.apply(model.predict(features), target.outputs());
        return Scores.of(target, outputs, decision);
    }
}
