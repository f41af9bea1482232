package io.mlops.pipeline.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted as far as it is known before the rows are read: which labels there are may be left to them.
 *
 * @param positive the label that counts as the event in a binary task; the rarer one where null
 * @param labels the labels that count; any where empty
 */
public record TargetChoice(
        String column, Task task, @Nullable String positive, List<String> labels) {
    public TargetChoice {
        positive = positive == null ? null : Cells.canonicalLabel(positive);
        labels = labels.stream().map(Cells::canonicalLabel).distinct().toList();
    }

    /** The choice that a target with known classes stands for. */
    public static TargetChoice of(Target target) {
        return new TargetChoice(
                target.column(),
                target.task(),
                target.task() == Task.BINARY ? target.positive() : null,
                target.classes());
    }

    /** How the column of the target is read: labels as categories, values as numbers. */
    public ColumnType type() {
        return task.isClassification() ? ColumnType.CATEGORY : ColumnType.NUMBER;
    }
}
