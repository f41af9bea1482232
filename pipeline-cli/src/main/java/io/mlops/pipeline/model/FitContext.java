package io.mlops.pipeline.model;

/**
 * The surroundings of one fit.
 *
 * @param seed decides every random choice
 * @param threads how many threads the fit may use; it never changes the result
 */
public record FitContext(long seed, int threads) {}
