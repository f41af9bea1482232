package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.explanation.Explanations.ColumnEffect;
import io.mlops.pipeline.evaluation.explanation.Explanations.Point;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Intervals;
import io.mlops.pipeline.report.chart.Scatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How what a column adds depends on its value. */
final class Dependence {
    private static final int MOST_WORDS = 8;

    /** Of a column where nearly every row has its own word, single words say nothing. */
    private static final double FEWEST_ROWS_PER_WORD = 2;

    private Dependence() {}

    static Optional<Chart> chart(String id, ColumnEffect column, String axis) {
        List<Point> numbers = column.points().stream()
                .filter(point -> Double.isFinite(point.number()))
                .toList();
        return numbers.isEmpty() ? words(id, column, axis) : Optional.of(numbers(id, column, numbers, axis));
    }

    private static Chart numbers(String id, ColumnEffect column, List<Point> points, String axis) {
        double[] x = points.stream().mapToDouble(Point::number).toArray();
        double[] y = points.stream().mapToDouble(Point::effect).toArray();
        double[] without = column.points().stream()
                .filter(point -> point.text().isEmpty())
                .mapToDouble(Point::effect)
                .toArray();
        String missing = without.length == 0
                ? ""
                : " Where it is missing, it adds "
                        + Numbers.value(Arrays.stream(without).average().orElse(0)) + " in the mean.";
        return Scatter.draw(
                id,
                "What " + column.column() + " adds",
                "One dot for each row: its value (right) and what that adds (up). The dashed line is 0; dots of the same"
                        + " value differ where other columns matter too." + missing,
                column.column(),
                axis,
                column.date() ? "d" : null,
                x,
                y,
                new double[] {
                    Arrays.stream(x).min().orElse(0), 0, Arrays.stream(x).max().orElse(1), 0
                });
    }

    private static Optional<Chart> words(String id, ColumnEffect column, String axis) {
        Map<String, List<Double>> byWord = new LinkedHashMap<>();
        column.points().forEach(point -> byWord.computeIfAbsent(point.text(), word -> new ArrayList<>())
                .add(point.effect()));
        if (byWord.size() * FEWEST_ROWS_PER_WORD > column.points().size()) {
            return Optional.empty();
        }
        List<Intervals.Row> rows = byWord.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<Double>> each) ->
                                -each.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_WORDS)
                .map(each -> row(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingDouble(row -> -row.value()))
                .toList();
        return Optional.of(Intervals.draw(
                id,
                "What " + column.column() + " adds",
                "The mean of what each value adds, and between which bounds it lies for eight of ten rows; the dashed line"
                        + " is 0."
                        + (byWord.size() > MOST_WORDS
                                ? " The " + MOST_WORDS + " most frequent of " + byWord.size() + " values."
                                : ""),
                axis,
                rows,
                0.0));
    }

    private static Intervals.Row row(String word, List<Double> effects) {
        double[] sorted =
                effects.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double mean = Arrays.stream(sorted).average().orElse(0);
        return new Intervals.Row(
                (word.isEmpty() ? "missing" : word) + " (" + Numbers.count(sorted.length, "row") + ")",
                mean,
                sorted[(int) (0.1 * (sorted.length - 1))],
                sorted[(int) Math.ceil(0.9 * (sorted.length - 1))],
                Numbers.value(mean));
    }
}
