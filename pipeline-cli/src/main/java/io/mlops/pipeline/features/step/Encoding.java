package io.mlops.pipeline.features.step;

import java.util.List;
import tech.tablesaw.columns.Column;

/** A step that turns the cells of a column into one or more numbers each, NaN where a number is missing. */
public non-sealed interface Encoding extends Step {
    /** What it makes of a column of that name; at least one. */
    List<Output> outputs(String column);

    /**
     * Prepares the column of one chunk.
     *
     * @throws IllegalArgumentException where the column is not of the kind that the step reads
     */
    Cells on(Column<?> column);

    /** The column of one chunk, ready to be encoded. */
    interface Cells {
        /** Writes the numbers of the rows {@code from} to {@code to} (exclusive) row by row, from the array's start on. */
        void encode(int from, int to, double[] numbers);
    }

    /**
     * One number that an encoding makes.
     *
     * @param name for people: {@code purpose=car}
     * @param levels how many categories the codes 0, 1, … stand for; 0 for a number
     * @param indicator whether it is 1 or 0 for "the cell has this category"
     */
    record Output(String name, int levels, boolean indicator) {
        static Output number(String name) {
            return new Output(name, 0, false);
        }

        static Output indicator(String name) {
            return new Output(name, 0, true);
        }
    }
}
