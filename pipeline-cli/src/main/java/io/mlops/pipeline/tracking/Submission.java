package io.mlops.pipeline.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What became of a bundle that was handed to a registry.
 *
 * @param version null where the registry is away: the bundle is kept and registered as soon as it is back
 * @param promoted whether it is the champion now
 * @param note what a person should know; empty for nothing
 */
public record Submission(@Nullable ModelVersion version, boolean promoted, String note) {}
