package io.mlops.pipeline.tracking.mlflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What MLflow knows of a model beside what its bundle says.
 *
 * @param runId the run that the model comes from, if MLflow has one
 * @param modelId MLflow's own name of the model, where the server gives models names
 * @param created when the model came to be: a fact of its run, so that writing it again gives the same bytes
 */
public record ModelIdentity(
        @Nullable String runId, @Nullable String modelId, Instant created) {}
