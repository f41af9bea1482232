package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.ClassCurves;
import io.mlops.pipeline.evaluation.ClassCurves.CalibrationBin;
import io.mlops.pipeline.evaluation.ClassCurves.PrecisionRecallPoint;
import io.mlops.pipeline.evaluation.ClassCurves.RocPoint;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.GainPoint;
import io.mlops.pipeline.report.chart.Bars;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How well the probabilities order the rows, and whether they can be taken at their word. */
final class RankingSection {
    /** More lines than this cannot be told apart. */
    private static final int MOST_CLASSES = 5;

    private RankingSection() {}

    static Optional<Section> of(ReportModel model) {
        Evaluation evaluation = model.evaluation();
        List<ClassCurves> curves =
                evaluation.curves().stream().limit(MOST_CLASSES).toList();
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        List<Chart> charts =
                new ArrayList<>(List.of(roc(curves), precisionRecall(curves, evaluation.rows()), calibration(curves)));
        if (!evaluation.gains().isEmpty()) {
            charts.add(gains(evaluation.gains()));
            charts.add(lift(evaluation.gains()));
        }
        String of = evaluation.target().task() == Task.BINARY
                ? "the class “" + evaluation.target().positive() + "”"
                : "the most frequent classes, each against the rest";
        String sentence = "The model gives every row a probability; these charts show how well it puts the right rows"
                + " first, and whether 30 % really means 30 of 100. They are of " + of + ".";
        return PageLayout.section("ranking", "Probabilities", sentence, Stream.of(new Block.Charts(charts)));
    }

    private static Chart roc(List<ClassCurves> curves) {
        Lines lines = new Lines(
                        "roc",
                        "ROC curve",
                        "How many of the events are found (up) at the price of how many false alarms (right). The further"
                                + " the line bends to the upper left, the better; the dotted diagonal is guessing.",
                        "False positive rate",
                        "True positive rate")
                .reference(0, 0, 1, 1)
                .limits(0, 1, 0, 1);
        for (ClassCurves each : curves) {
            lines.line(
                    each.label(),
                    each.roc().stream().mapToDouble(RocPoint::falsePositiveRate).toArray(),
                    each.roc().stream().mapToDouble(RocPoint::truePositiveRate).toArray());
        }
        return lines.draw();
    }

    private static Chart precisionRecall(List<ClassCurves> curves, long rows) {
        boolean single = curves.size() == 1;
        double share = (double) curves.get(0).rows() / Math.max(1, rows);
        Lines lines = new Lines(
                        "precision-recall",
                        "Precision and recall",
                        "Which share of the alarms is right (up) when which share of the events is to be found (right)."
                                + " The higher the line stays, the better"
                                + (single ? "; the dotted line is guessing, " + Numbers.percent(share) + "." : "."),
                        "Recall",
                        "Precision")
                .limits(0, 1, 0, 1);
        if (single) {
            lines.reference(0, share, 1, share);
        }
        for (ClassCurves each : curves) {
            lines.line(
                    each.label(),
                    each.precisionRecall().stream()
                            .mapToDouble(PrecisionRecallPoint::recall)
                            .toArray(),
                    each.precisionRecall().stream()
                            .mapToDouble(PrecisionRecallPoint::precision)
                            .toArray());
        }
        return lines.draw();
    }

    private static Chart calibration(List<ClassCurves> curves) {
        Lines lines = new Lines(
                        "calibration",
                        "Calibration",
                        "What was said (right) against what came true (up), in groups of rows. On the dotted diagonal"
                                + " the probabilities can be taken at their word; below it the model says too much.",
                        "Predicted probability",
                        "Observed share")
                .reference(0, 0, 1, 1)
                .limits(0, 1, 0, 1)
                .withPoints();
        List<List<String>> numbers = new ArrayList<>();
        for (ClassCurves each : curves) {
            lines.line(
                    each.label(),
                    each.calibration().stream()
                            .mapToDouble(CalibrationBin::predicted)
                            .toArray(),
                    each.calibration().stream()
                            .mapToDouble(CalibrationBin::observed)
                            .toArray());
            each.calibration()
                    .forEach(bin -> numbers.add(List.of(
                            each.label(),
                            Numbers.count(bin.rows()),
                            Numbers.percent(bin.predicted()),
                            Numbers.percent(bin.observed()))));
        }
        return lines.numbers(List.of("Class", "Rows", "Predicted", "Observed"), numbers)
                .draw();
    }

    private static Chart gains(List<GainPoint> gains) {
        List<Double> rows = new ArrayList<>(List.of(0.0));
        List<Double> found = new ArrayList<>(List.of(0.0));
        gains.forEach(gain -> {
            rows.add(gain.rows());
            found.add(gain.found());
        });
        return new Lines(
                        "gains",
                        "Cumulative gains",
                        "Which share of all events (up) is among the rows that the model finds most probable (right)."
                                + " The dotted diagonal is picking rows at random.",
                        "Share of rows, most probable first",
                        "Share of events found")
                .line(
                        "found",
                        rows.stream().mapToDouble(Double::doubleValue).toArray(),
                        found.stream().mapToDouble(Double::doubleValue).toArray())
                .reference(0, 0, 1, 1)
                .limits(0, 1, 0, 1)
                .withPoints()
                .numbers(
                        List.of("Rows", "Events found"),
                        gains.stream()
                                .map(gain -> List.of(Numbers.percent(gain.rows()), Numbers.percent(gain.found())))
                                .toList())
                .draw();
    }

    private static Chart lift(List<GainPoint> gains) {
        return Bars.draw(
                "lift",
                "Lift",
                "How many times more events there are among the most probable rows than among all; 1 is no better than"
                        + " chance.",
                List.of("Most probable rows", "Lift"),
                gains.stream()
                        .map(gain -> "top " + Numbers.percent(gain.rows()))
                        .toList(),
                gains.stream().mapToDouble(GainPoint::lift).toArray(),
                gains.stream()
                        .map(gain -> String.format(Locale.ROOT, "%.2f ×", gain.lift()))
                        .toList());
    }
}
