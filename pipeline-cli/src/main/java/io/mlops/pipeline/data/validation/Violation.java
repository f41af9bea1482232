package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that the rows do not keep.
 *
 * @param column the column it is about; null where it is about the table
 * @param rule the rule, by its key in the configuration: {@code max_missing}
 * @param count how many cells or rows violate it
 * @param share their share, 0 to 1
 * @param examples the first few
 * @param message for people: what, where, and how far off
 */
public record Violation(
        @Nullable String column,
        String rule,
        long count,
        double share,
        List<Example> examples,
        Severity severity,
        String message) {
    /** How many examples are kept. */
    public static final int EXAMPLES = 5;

    /** A value and the number of its row. */
    public record Example(long row, String value) {}

    public Violation {
        examples = List.copyOf(examples);
    }
}
