package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.evaluation.training.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which columns were left out, why, and what that cost or gained. */
final class SelectionSection {
    private static final int MOST_ROWS = 500;

    private SelectionSection() {}

    static Optional<Section> of(ReportModel model) {
        SelectionSummary selection =
                model.training() == null ? null : model.training().selection();
        if (selection == null) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        if (!selection.notes().isEmpty()) {
            blocks.add(new Block.Notes(selection.notes().stream()
                    .map(note -> new Block.Note(Block.Level.WARNING, note))
                    .toList()));
        }
        if (selection.kept() < selection.columns().size()) {
            blocks.add(columns("Columns that went", false, selection, false));
        }
        blocks.add(columns("Columns that stayed", true, selection, true));
        return PageLayout.section("selection", "Columns selected", sentence(selection), blocks.stream());
    }

    private static String sentence(SelectionSummary selection) {
        String kept = "By " + selection.method() + ", " + selection.kept() + " of "
                + Numbers.count(selection.columns().size(), "column")
                + " stayed; the final model has seen no other.";
        Spread selected = selection.selected();
        Spread all = selection.all();
        Optional<Metric> metric = Metric.ofKey(selection.metric());
        if (selected == null || all == null || metric.isEmpty()) {
            return kept;
        }
        return kept + " On rows held out, which had no part in the selection, " + selection.model()
                + " models of the selected columns reach "
                + spread(metric.get(), selected) + " (" + MetricWords.name(metric.get())
                + "), and models of all columns "
                + spread(metric.get(), all) + ", before calibration.";
    }

    private static String spread(Metric metric, Spread spread) {
        return MetricWords.spread(metric, spread.mean(), spread.deviation());
    }

    private static Block columns(String caption, boolean folded, SelectionSummary selection, boolean kept) {
        return Block.Grid.of(
                caption,
                folded,
                1,
                List.of("Column", "Why", "Folds that kept it"),
                selection.columns().stream()
                        .filter(column -> column.kept() == kept)
                        .limit(MOST_ROWS)
                        .map(column -> List.of(
                                column.name(), column.reason(), column.foldsKept() + " of " + selection.folds()))
                        .toList());
    }
}
