package io.mlops.pipeline.evaluation;

/**
 * The model to beat.
 *
 * @param version which one it is, for people
 * @param predictions what it says about the same rows, in the order of the challenger's target's classes (see {@link
 *     Predictions#align})
 */
public record Champion(String version, Predictions predictions) {}
