package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** How quick predictions could be with fewer models, and at what price. */
final class LatencySection {
    static final String ID = "latency";

    private LatencySection() {}

    static Optional<Section> of(ReportModel model) {
        Leaderboard board = model.training() == null ? null : model.training().leaderboard();
        LatencyCurve curve = board == null ? null : board.latency();
        Optional<Metric> metric = board == null ? Optional.empty() : Metric.ofKey(board.metric());
        if (curve == null || metric.isEmpty() || curve.points().isEmpty()) {
            return Optional.empty();
        }
        return PageLayout.section(
                ID,
                "Time of a prediction",
                sentence(curve),
                Stream.of(new Block.Charts(List.of(chart(curve, metric.get())))));
    }

    private static String sentence(LatencyCurve curve) {
        LatencyCurve.Point delivered = curve.delivered();
        Double limit = curve.limit();
        String time = "A row's prediction takes " + microseconds(delivered)
                + (limit == null ? " µs, the sum of what its models take in a batch" : " µs, measured in a batch")
                + " on one thread, and asks " + Numbers.count(delivered.models(), "model") + ".";
        if (limit == null) {
            return time + " automl.max_latency_us cuts it down.";
        }
        return time
                + (delivered.microseconds() <= limit
                        ? " It was cut down to " + Numbers.value(limit) + " µs."
                        : " No model keeps the limit of " + Numbers.value(limit) + " µs; this is the fastest.");
    }

    private static Chart chart(LatencyCurve curve, Metric metric) {
        String name = MetricWords.name(metric);
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("delivered: ", curve.delivered(), metric));
        curve.points().forEach(point -> rows.add(row("", point, metric)));
        return new Lines(
                        ID,
                        "Time and quality",
                        "The line joins the choices that are worth their time, with one model of each configuration; "
                                + (metric.greaterIsBetter() ? "higher" : "lower")
                                + " and further left is better. The dashed line is what was delivered; where that is the mean of"
                                + " several models of each configuration, it may be better than the rows can tell that chose it.",
                        "Microseconds per row",
                        name)
                .line(
                        "possible",
                        numbers(curve, LatencyCurve.Point::microseconds),
                        numbers(curve, LatencyCurve.Point::score))
                .line("delivered", new double[] {curve.delivered().microseconds()}, new double[] {
                    curve.delivered().score()
                })
                .mark(curve.delivered().microseconds())
                .withPoints()
                .logarithmic()
                .numbers(List.of("Configurations", "µs per row", name, "Models"), rows)
                .draw();
    }

    private static double[] numbers(LatencyCurve curve, ToDoubleFunction<LatencyCurve.Point> number) {
        return curve.points().stream().mapToDouble(number).toArray();
    }

    private static List<String> row(String kind, LatencyCurve.Point point, Metric metric) {
        return List.of(
                kind + String.join(", ", point.names()),
                microseconds(point),
                MetricWords.shown(metric, point.score()),
                Numbers.count(point.models()));
    }

    private static String microseconds(LatencyCurve.Point point) {
        return Numbers.rough(point.microseconds());
    }
}
