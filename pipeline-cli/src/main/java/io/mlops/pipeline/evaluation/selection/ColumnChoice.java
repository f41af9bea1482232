package io.mlops.pipeline.evaluation.selection;

/**
 * What was decided of one column.
 *
 * @param score what the columns are compared by, greater for the better one; how it is measured depends on the method
 * @param reason for people: {@code beat all shuffled columns in 3 of 20 rounds}
 */
public record ColumnChoice(String column, boolean kept, double score, String reason) {
    ColumnChoice with(boolean other, String otherReason) {
        return new ColumnChoice(column, other, score, otherReason);
    }
}
