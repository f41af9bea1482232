package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.explanation.Explanations;
import io.mlops.pipeline.evaluation.explanation.Explanations.ColumnEffect;
import io.mlops.pipeline.report.chart.Bars;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each column adds to predictions, for a sample of rows, and the reasons for single ones. */
final class ExplanationSection {
    private static final int MOST_BARS = 15;
    private static final int MOST_ROWS = 500;
    private static final int MOST_DEPENDENCES = 6;

    private final Explanations explanations;

    private ExplanationSection(Explanations explanations) {
        this.explanations = explanations;
    }

    static Optional<Section> of(ReportModel model) {
        Explanations explanations = model.explanations();
        if (explanations == null || explanations.columns().stream().allMatch(column -> column.size() == 0)) {
            return Optional.empty();
        }
        return Optional.of(new ExplanationSection(explanations).section());
    }

    private Section section() {
        List<ColumnEffect> shown = explanations.columns().stream()
                .filter(column -> !column.points().isEmpty())
                .toList();
        List<Chart> charts = new ArrayList<>(List.of(sizes(), swarm(shown)));
        for (int i = 0; i < Math.min(MOST_DEPENDENCES, shown.size()); i++) {
            Dependence.chart("dependence-" + (i + 1), shown.get(i), axis()).ifPresent(charts::add);
        }
        List<Block> blocks = new ArrayList<>(List.of(new Block.Charts(charts)));
        if (explanations.columns().size() > MOST_BARS) {
            blocks.add(allColumns());
        }
        if (!explanations.examples().isEmpty()) {
            blocks.add(examples());
        }
        return new Section("explanations", "Why it predicts what it predicts", sentence(), blocks);
    }

    private String sentence() {
        String which = explanations.learned() ? "training rows" : "test rows";
        String rows = explanations.rows() < explanations.all()
                ? "a sample of " + Numbers.count(explanations.rows()) + " of " + Numbers.count(explanations.all()) + " "
                        + which
                : Numbers.count(explanations.rows()) + " " + which;
        String what = explanations.isClassification()
                ? "the log-odds of “" + explanations.output() + "” (+1 makes its odds 2.7 times as high)"
                : "the value";
        return "Every prediction is split into what each column adds to it; together with a base that all rows share,"
                + " these contributions are the prediction. Here they add to " + what + ", for " + rows
                + ". They say what the model does, not what causes what.";
    }

    private String axis() {
        return explanations.isClassification() ? "Adds to the log-odds" : "Adds to the value";
    }

    private Chart sizes() {
        List<ColumnEffect> first = explanations.columns().stream()
                .filter(column -> column.size() > 0)
                .limit(MOST_BARS)
                .toList();
        String more = explanations.columns().size() > MOST_BARS
                ? " The first " + MOST_BARS + " of " + explanations.columns().size() + "."
                : "";
        String probability =
                explanations.isClassification() ? " In brackets the mean size in points of probability." : "";
        return Bars.draw(
                "contributions",
                "How much each column adds",
                "The mean size of what a column adds to a prediction, whether up or down." + probability + more,
                List.of("Column", explanations.isClassification() ? "Mean size (log-odds)" : "Mean size"),
                first.stream().map(ColumnEffect::column).toList(),
                first.stream().mapToDouble(ColumnEffect::size).toArray(),
                first.stream().map(this::size).toList());
    }

    private String size(ColumnEffect column) {
        String size = Numbers.rough(column.size());
        return explanations.isClassification()
                ? size + " (" + Numbers.rough(100 * column.probability()) + " points)"
                : size;
    }

    private Chart swarm(List<ColumnEffect> shown) {
        return Swarm.draw(
                "contributions-by-row",
                "What each column adds, row by row",
                "One dot for each row, to the right where the column raises the prediction. High numbers are orange,"
                        + " low ones blue; words and missing cells grey. Orange to the right means: the more, the higher.",
                axis(),
                shown.stream()
                        .map(column -> new Swarm.Row(
                                column.column(),
                                column.points().stream()
                                        .mapToDouble(Explanations.Point::effect)
                                        .toArray(),
                                column.points().stream()
                                        .mapToDouble(Explanations.Point::number)
                                        .toArray()))
                        .toList());
    }

    private Block allColumns() {
        return Block.Grid.of(
                "All columns by what they add",
                true,
                1,
                List.of("Column", "Mean size"),
                explanations.columns().stream()
                        .limit(MOST_ROWS)
                        .map(column -> List.of(column.column(), size(column)))
                        .toList());
    }

    private Block examples() {
        return new Block.Grid(
                explanations.isClassification()
                        ? "The rows that the model is most and least certain of"
                        : "The rows with the highest and the lowest predictions",
                false,
                1,
                1,
                List.of("", "Row", "Predicted", "True", "Reasons for the prediction"),
                explanations.examples().stream()
                        .map(row -> List.of(
                                row.kind(),
                                Numbers.count(row.row()),
                                row.prediction(),
                                row.truth(),
                                row.reasons().isEmpty() ? "–" : row.reasons()))
                        .toList());
    }
}
