package io.mlops.pipeline.data.typing;

import java.util.List;

/**
 * The cells of a column that are not of its type and were set to missing.
 *
 * @param examples the first few
 */
public record JunkCells(long count, List<Example> examples) {
    /** How many examples are kept. */
    public static final int EXAMPLES = 5;

    /** A value and the number of its row. */
    public record Example(long row, String value) {}
}
