package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Slice;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Intervals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the model serves all groups of rows equally well. */
final class SliceSection {
    private static final int MOST_ROWS = 20;

    private SliceSection() {}

    static Optional<Section> of(ReportModel model) {
        Evaluation evaluation = model.evaluation();
        Map<String, List<Slice>> columns = new LinkedHashMap<>();
        evaluation.slices().forEach(slice -> columns.computeIfAbsent(slice.column(), key -> new ArrayList<>())
                .add(slice));
        List<Chart> charts = new ArrayList<>();
        columns.forEach((column, slices) ->
                chart("slices-" + charts.size(), column, slices, evaluation).ifPresent(charts::add));
        List<Block> blocks = new ArrayList<>();
        if (!charts.isEmpty()) {
            blocks.add(new Block.Charts(charts));
        }
        if (!evaluation.slices().isEmpty()) {
            blocks.add(table(evaluation));
        }
        String sentence = "The same quality, measured within groups of rows: a group whose interval lies apart from the"
                + " dashed line of all rows is served better or worse than the rest.";
        return PageLayout.section("slices", "Groups of rows", sentence, blocks.stream());
    }

    private static Optional<Chart> chart(String id, String column, List<Slice> slices, Evaluation evaluation) {
        Metric metric = evaluation.metric();
        List<Intervals.Row> rows = new ArrayList<>();
        for (Slice slice : slices) {
            Estimate estimate = slice.metrics().get(metric.key());
            if (estimate != null && rows.size() < MOST_ROWS) {
                rows.add(new Intervals.Row(
                        slice.value() + " (" + Numbers.count(slice.rows(), "row") + ")",
                        estimate.value(),
                        estimate.lower() == null ? Double.NaN : estimate.lower(),
                        estimate.upper() == null ? Double.NaN : estimate.upper(),
                        MetricWords.shown(metric, estimate.value())));
            }
        }
        Estimate all = evaluation.metrics().get(metric.key());
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Intervals.draw(
                        id,
                        MetricWords.name(metric) + " by " + column,
                        MetricWords.name(metric) + " with its 95 % interval for each value of " + column
                                + "; the dashed line is the value for all rows.",
                        MetricWords.name(metric),
                        rows,
                        all == null ? null : all.value()));
    }

    private static Block table(Evaluation evaluation) {
        Metric metric = evaluation.metric();
        List<List<String>> rows = new ArrayList<>();
        for (Slice slice : evaluation.slices()) {
            Estimate estimate = slice.metrics().get(metric.key());
            String why = slice.undefined().getOrDefault(metric.key(), "");
            rows.add(List.of(
                    slice.column(),
                    slice.value(),
                    slice.warning() == null ? why : slice.warning(),
                    Numbers.count(slice.rows()),
                    Numbers.percent(slice.share()),
                    estimate == null ? "–" : MetricWords.shown(metric, estimate.value()),
                    estimate == null ? "" : MetricWords.interval(metric, estimate.lower(), estimate.upper())));
        }
        return Block.Grid.of(
                "All groups",
                rows.size() > 12,
                4,
                List.of("Column", "Value", "Note", "Rows", "Share", MetricWords.name(metric), "95 % interval"),
                rows);
    }
}
