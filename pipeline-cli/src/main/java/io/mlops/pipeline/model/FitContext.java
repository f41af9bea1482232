package io.mlops.pipeline.model;

/**
 * The surroundings of one fit.
 *
 * @param seed decides every random choice
 * @param threads how many threads the fit may use; it never changes the result
 * @param deadline when a fit that goes in rounds ends with the rounds it has, at least one
 */
public record FitContext(long seed, int threads, Deadline deadline) {
    /** A fit that takes the time it needs. */
    public FitContext(long seed, int threads) {
        this(seed, threads, Deadline.none());
    }
}
