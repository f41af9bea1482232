package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Coverage;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Slice;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Intervals;
import io.mlops.pipeline.report.chart.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether intervals and sets of classes hold the truth as often as they promise. */
final class CoverageSection {
    private static final int MOST_ROWS = 20;

    private CoverageSection() {}

    static Optional<Section> of(ReportModel model) {
        Evaluation evaluation = model.evaluation();
        Coverage coverage = evaluation.coverage();
        if (coverage == null) {
            return Optional.empty();
        }
        boolean classes = evaluation.target().task().isClassification();
        List<Block> blocks = new ArrayList<>();
        if (coverage.levels().isEmpty()) {
            blocks.add(note("The model has no intervals: " + coverage.source() + "."));
        } else if (coverage.levels().stream().noneMatch(each -> each.level() == coverage.level())) {
            blocks.add(note("The level that is set, " + Numbers.percent(coverage.level())
                    + ", is too high for the rows that were held out in training."));
        }
        if (!coverage.levels().isEmpty()) {
            List<Chart> charts = new ArrayList<>(List.of(levels(coverage)));
            charts.addAll(slices(evaluation, coverage.level()));
            blocks.add(new Block.Charts(charts));
            blocks.add(table(coverage, classes));
        }
        String made = coverage.levels().isEmpty() ? "" : " They rest on the errors of " + coverage.source() + ".";
        String sentence = (classes
                        ? "For each row, the set of classes that remain possible: one class where the model is sure,"
                                + " more where it is not."
                        : "For each row, the bounds between which the true number should lie.")
                + " The level is the share of rows whose truth they should hold; here is the share that they did hold."
                + made;
        return PageLayout.section("coverage", "How sure the model is", sentence, blocks.stream());
    }

    private static Block note(String text) {
        return new Block.Notes(List.of(new Block.Note(Block.Level.INFORMATION, text)));
    }

    private static Chart levels(Coverage coverage) {
        double[] levels =
                coverage.levels().stream().mapToDouble(Coverage.Level::level).toArray();
        return new Lines(
                        "coverage",
                        "Promised and measured coverage",
                        "The share of rows whose truth lay within, for several levels, and between which shares it would"
                                + " lie in 95 of 100 tests like this one. On the dotted line the promise is kept exactly;"
                                + " the dashed line marks the level that is set.",
                        "Level",
                        "Measured coverage")
                .line(
                        "measured",
                        levels,
                        coverage.levels().stream()
                                .mapToDouble(Coverage.Level::coverage)
                                .toArray())
                .line(
                        "at least",
                        levels,
                        coverage.levels().stream()
                                .mapToDouble(Coverage.Level::lower)
                                .toArray())
                .line(
                        "at most",
                        levels,
                        coverage.levels().stream()
                                .mapToDouble(Coverage.Level::upper)
                                .toArray())
                .reference(levels[0], levels[0], 1, 1)
                .mark(coverage.level())
                .draw();
    }

    private static List<Chart> slices(Evaluation evaluation, double level) {
        Map<String, List<Intervals.Row>> columns = new LinkedHashMap<>();
        for (Slice slice : evaluation.slices()) {
            Estimate estimate = slice.metrics().get(Metric.COVERAGE.key());
            List<Intervals.Row> rows = columns.computeIfAbsent(slice.column(), any -> new ArrayList<>());
            if (estimate != null && rows.size() < MOST_ROWS) {
                double[] interval = Coverage.binomial(estimate.value(), slice.rows());
                rows.add(new Intervals.Row(
                        slice.value() + " (" + Numbers.count(slice.rows(), "row") + ")",
                        estimate.value(),
                        interval[0],
                        interval[1],
                        Numbers.percent(estimate.value())));
            }
        }
        List<Chart> charts = new ArrayList<>();
        columns.forEach((column, rows) -> {
            if (!rows.isEmpty()) {
                charts.add(Intervals.draw(
                        "coverage-" + charts.size(),
                        "Coverage by " + column,
                        "The share of rows whose truth lay within, with its 95 % interval, for each value of " + column
                                + "; the dashed line is the level that is set.",
                        "Measured coverage",
                        rows,
                        level));
            }
        });
        return charts;
    }

    private static Block table(Coverage coverage, boolean classes) {
        return new Block.Grid(
                "",
                false,
                0,
                4,
                List.of("Level", "Measured", "95 % interval", classes ? "Classes in a set" : "Width"),
                coverage.levels().stream()
                        .map(each -> List.of(
                                Numbers.percent(each.level()),
                                Numbers.percent(each.coverage()),
                                Numbers.percent(each.lower()) + " – " + Numbers.percent(each.upper()),
                                Numbers.value(each.size())))
                        .toList());
    }
}
