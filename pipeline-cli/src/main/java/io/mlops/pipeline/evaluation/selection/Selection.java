package io.mlops.pipeline.evaluation.selection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was decided on some training rows.
 *
 * @param columns all columns that have features; at least one is kept
 * @param notes what a person should know
 */
public record Selection(List<ColumnChoice> columns, List<String> notes) {
    public Selection {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** Why columns go, by their names. */
    public Map<String, String> dropped() {
        Map<String, String> reasons = new LinkedHashMap<>();
        columns.stream()
                .filter(choice -> !choice.kept())
                .forEach(choice -> reasons.put(choice.column(), "not selected: " + choice.reason()));
        return reasons;
    }

    /** How many columns stay. */
    public int kept() {
        return (int) columns.stream().filter(ColumnChoice::kept).count();
    }
}
