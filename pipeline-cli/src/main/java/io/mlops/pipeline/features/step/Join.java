package io.mlops.pipeline.features.step;

import tech.tablesaw.columns.Column;

/** A step that makes one column of two, before the encoding that reads it. */
public non-sealed interface Join extends Step {
    /** What it makes of two columns of these names, for people: {@code height / width}. */
    String name(String first, String second);

    /**
     * Joins the columns of one chunk.
     *
     * @throws IllegalArgumentException where they are not of the kinds that the step reads
     */
    Column<?> of(Column<?> first, Column<?> second);
}
