package io.mlops.pipeline.data;

/**
 * Something learned from data by reading it once: fit on parts and merged, it gives what fitting on the whole gives.
 *
 * @param <I> what it reads: a chunk, a column, a cell
 * @param <A> the accumulator itself
 * @param <F> the fitted value
 */
public interface Accumulator<I, A extends Accumulator<I, A, F>, F> {
    void accept(I input);

    /** Adds what another accumulator has seen; the other is not used afterwards. */
    void merge(A other);

    F finish();
}
