package io.mlops.pipeline.features.step;

/** A step that changes the numbers of an encoding, each by itself. */
public non-sealed interface Refinement extends Step {
    /** How many outputs of the encoding it was fitted for. */
    int width();

    /** Changes {@code rows} rows of {@link #width()} numbers in place. */
    void refine(double[] numbers, int rows);
}
