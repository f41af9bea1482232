package io.mlops.pipeline.tracking.mlflow;

import org.jspecify.annotations.Nullable;

/**
 * What a model is called on the server.
 *
 * @param runId the run that made it; null where it was not recorded
 * @param modelId the logged model; null on servers older than 3.0
 */
public record ModelIdentity(
        @Nullable String runId, @Nullable String modelId) {}
