package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.ConfusionMatrix;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.ThresholdPoint;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.HeatMap;
import io.mlops.pipeline.report.chart.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of the probabilities once a class is decided on. */
final class DecisionSection {
    private static final int MOST_MIX_UPS = 10;

    /** The cells of more classes than this are too small to see, and too many for a page. */
    private static final int MOST_CLASSES = 40;

    private DecisionSection() {}

    static Optional<Section> of(ReportModel model) {
        Evaluation evaluation = model.evaluation();
        List<Block> blocks = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        ConfusionMatrix confusion = evaluation.confusion();
        if (confusion != null && confusion.labels().size() > MOST_CLASSES) {
            blocks.add(new Block.Notes(List.of(new Block.Note(
                    Block.Level.INFORMATION,
                    "the confusion matrix of " + confusion.labels().size()
                            + " classes is too large to draw; it is in evaluation.json"))));
        } else if (confusion != null) {
            charts.add(HeatMap.draw(
                    "confusion",
                    "Confusion matrix",
                    "Each line holds the rows of one true class, each column what was decided. The diagonal is right,"
                            + " everything beside it a mix-up; a darker cell is a larger share of its line.",
                    "Decided",
                    "True",
                    confusion.labels(),
                    confusion.counts()));
        }
        if (!evaluation.thresholds().isEmpty()) {
            charts.add(thresholds(evaluation.thresholds(), evaluation.threshold()));
        }
        if (!charts.isEmpty()) {
            blocks.add(new Block.Charts(charts));
        }
        if (confusion != null && confusion.labels().size() > 2) {
            mixUps(confusion).ifPresent(blocks::add);
        }
        String sentence =
                "A probability becomes a decision: which rows are decided correctly, and which classes are taken"
                        + " for which.";
        return PageLayout.section("decisions", "Decisions", sentence, blocks.stream());
    }

    private static Chart thresholds(List<ThresholdPoint> points, @Nullable Double chosen) {
        double[] x = points.stream().mapToDouble(ThresholdPoint::threshold).toArray();
        String mark =
                chosen == null ? "" : " The dashed line marks the threshold in use, " + Numbers.metric(chosen) + ".";
        Lines lines = new Lines(
                        "thresholds",
                        "Where to draw the line",
                        "What would change with another threshold: a higher one raises fewer alarms, of which more are"
                                + " right, and misses more events." + mark,
                        "Threshold",
                        "Share")
                .limits(0, 1, 0, 1)
                .line("precision", x, values(points, ThresholdPoint::precision))
                .line("recall", x, values(points, ThresholdPoint::recall))
                .line("F1", x, values(points, ThresholdPoint::f1))
                .line("alarms", x, values(points, ThresholdPoint::decidedPositive));
        if (chosen != null) {
            lines.mark(chosen);
        }
        return lines.draw();
    }

    private static double[] values(List<ThresholdPoint> points, Function<ThresholdPoint, @Nullable Double> value) {
        return points.stream()
                .mapToDouble(point -> {
                    Double found = value.apply(point);
                    return found == null ? Double.NaN : found;
                })
                .toArray();
    }

    private record MixUp(String actual, String decided, long rows, double share) {}

    private static Optional<Block> mixUps(ConfusionMatrix confusion) {
        List<MixUp> found = new ArrayList<>();
        List<String> labels = confusion.labels();
        for (int i = 0; i < labels.size(); i++) {
            long total = confusion.counts().get(i).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            for (int j = 0; j < labels.size(); j++) {
                long rows = confusion.counts().get(i).get(j);
                if (i != j && rows > 0) {
                    found.add(new MixUp(labels.get(i), labels.get(j), rows, (double) rows / total));
                }
            }
        }
        found.sort(Comparator.comparingLong(MixUp::rows).reversed());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Block.Grid.of(
                "The most frequent mix-ups",
                false,
                2,
                List.of("True class", "Taken for", "Rows", "Share of the class"),
                found.stream()
                        .limit(MOST_MIX_UPS)
                        .map(each -> List.of(
                                each.actual(),
                                each.decided(),
                                Numbers.count(each.rows()),
                                Numbers.percent(each.share())))
                        .toList()));
    }
}
