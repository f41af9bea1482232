package io.mlops.pipeline.evaluation.validation;

/**
 * Rows to learn from and rows to check on; both as indexes in ascending order.
 *
 * @param repeat which repetition, from 0
 * @param index which fold of the repetition, from 0
 */
public record Fold(int repeat, int index, int[] training, int[] heldOut) {
    /** A seed of this fold's own, the same on any number of threads. */
    public long seed(long seed) {
        return Hashes.mix(seed, 1000L * repeat + index + 1);
    }
}
