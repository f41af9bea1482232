package io.mlops.pipeline.automl;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.selection.ColumnChoice;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together which columns went in the folds, and which a finished model reads. */
final class SelectedColumns {
    private SelectedColumns() {}

    /**
     * What is told of the selections; empty where none was made.
     *
     * @param finished the finished model's
     * @param deadline of the comparison with all columns
     */
    static Optional<SelectionSummary> of(
            FoldData data,
            Preprocessor finished,
            List<Contender> contenders,
            AllColumns allColumns,
            Deadline deadline) {
        Selections selections = data.selections();
        List<Selection> folds = data.folds().stream()
                .flatMap(fold -> selections.of(fold).stream())
                .map(KeptSelections.Made::selection)
                .toList();
        List<Selection> all = new ArrayList<>();
        // Where models were fitted once more on all rows, that is what decided.
        selections.ofAll().ifPresent(made -> all.add(made.selection()));
        all.addAll(folds);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Optional<Contender> example = AllColumns.example(contenders);
        return Optional.of(SelectionSummary.of(
                selections.settings().method(),
                together(all, Set.copyOf(finished.inputs())),
                folds,
                example.map(each -> each.candidate().name()).orElse(""),
                Metric.primary(data.target().task()).key(),
                example.map(each -> allColumns.compare(each, deadline)).orElse(List.of())));
    }

    /** Says that there was no time to select, where there was none. */
    static Optional<String> note(FoldData data) {
        Selections selections = data.selections();
        int folds = data.folds().size();
        long without = data.folds().stream()
                .filter(fold -> selections.of(fold).isEmpty())
                .count();
        return selections.settings().isOn() && without > 0
                ? Optional.of("there was no time to select columns in " + without + " of " + folds
                        + " folds, which learned from all: raise automl.time_limit, or lower features.select.rounds")
                : Optional.empty();
    }

    /** One decision for each column: that it stays where the finished model reads it, for a reason that says the same. */
    private static Selection together(List<Selection> selections, Set<String> read) {
        Map<String, List<ColumnChoice>> choices = selections.stream()
                .flatMap(selection -> selection.columns().stream())
                .collect(Collectors.groupingBy(ColumnChoice::column, LinkedHashMap::new, Collectors.toList()));
        List<ColumnChoice> columns = choices.entrySet().stream()
                .map(each -> together(each.getKey(), read.contains(each.getKey()), each.getValue()))
                .toList();
        return new Selection(
                columns,
                selections.stream()
                        .flatMap(selection -> selection.notes().stream())
                        .distinct()
                        .toList());
    }

    private static ColumnChoice together(String name, boolean read, List<ColumnChoice> choices) {
        return new ColumnChoice(
                name,
                read,
                choices.stream().mapToDouble(ColumnChoice::score).average().orElse(0),
                choices.stream()
                        .filter(choice -> choice.kept() == read)
                        .map(ColumnChoice::reason)
                        .findFirst()
                        .orElse(read ? "a fold had no time to select" : "no model of the ensemble reads it"));
    }
}
