package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.TrainedModel;

/** A model with all that scoring needs, and how it came to be. */
public record TrainingResult(
        TrainedModel model,
        Preprocessor preprocessor,
        Calibration calibration,
        Decision decision,
        Conformal conformal,
        OutOfFoldPredictions outOfFold,
        TrainingSummary summary) {}
