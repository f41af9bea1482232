package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.calibration.CalibrationChoice;
import io.mlops.pipeline.evaluation.calibration.CalibrationMethod;
import io.mlops.pipeline.evaluation.training.FoldScore;
import io.mlops.pipeline.evaluation.training.Spread;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Dots;
import io.mlops.pipeline.report.chart.Lines;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the model was trained, and how much its quality depends on the rows it happened to see. */
final class TrainingSection {
    private TrainingSection() {}

    static Optional<Section> of(ReportModel model) {
        TrainingSummary training = model.training();
        if (training == null) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        if (!training.notes().isEmpty()) {
            blocks.add(new Block.Notes(training.notes().stream()
                    .map(note -> new Block.Note(Block.Level.INFORMATION, note))
                    .toList()));
        }
        blocks.add(facts(training));
        List<Chart> charts = new ArrayList<>();
        folds(training, model.evaluation().metric()).ifPresent(charts::add);
        learning(training).ifPresent(charts::add);
        if (!charts.isEmpty()) {
            blocks.add(new Block.Charts(charts));
        }
        if (!training.scores().isEmpty()) {
            blocks.add(scores(training));
        }
        String sentence =
                "Before the final model, the same recipe was tried on parts of the training rows and tested on the"
                        + " rest of them: " + training.planInWords() + ".";
        return PageLayout.section("training", "Training and cross-validation", sentence, blocks.stream());
    }

    private static Block facts(TrainingSummary training) {
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact("Training rows", Numbers.count(training.rows())));
        facts.add(new Block.Fact("Features", Numbers.count(training.features())));
        if (training.target().task().isClassification()) {
            facts.add(new Block.Fact("Against imbalance", training.imbalance().replace('_', ' ')));
            facts.add(new Block.Fact("Calibration", calibration(training.calibration())));
        }
        if (training.threshold() != null) {
            facts.add(new Block.Fact(
                    "Decision threshold",
                    Numbers.metric(training.threshold().threshold()) + ": "
                            + training.threshold().reason()));
        }
        return new Block.Facts(facts);
    }

    private static String calibration(CalibrationChoice choice) {
        if (choice.method() == CalibrationMethod.NONE
                || choice.logLossBefore() == null
                || choice.logLossAfter() == null) {
            return choice.reason();
        }
        return choice.reason() + " (from " + Numbers.metric(choice.logLossBefore()) + " to "
                + Numbers.metric(choice.logLossAfter()) + " on rows that it was not fitted on)";
    }

    private static Optional<Chart> folds(TrainingSummary training, Metric metric) {
        List<FoldScore> scored = training.folds().stream()
                .filter(fold -> fold.metrics().containsKey(metric.key()))
                .toList();
        if (scored.size() < 2) {
            return Optional.empty();
        }
        double[] values =
                scored.stream().mapToDouble(fold -> value(fold, metric)).toArray();
        Spread spread = training.scores().get(metric.key());
        String mean = spread == null
                ? ""
                : " The orange tick is their mean, " + MetricWords.spread(metric, spread.mean(), spread.deviation())
                        + ".";
        return Optional.of(Dots.draw(
                "folds",
                MetricWords.name(metric) + " of each fold",
                "Each dot is one trial on rows that were held out. The closer they lie together, the less the quality"
                        + " depends on chance." + mean,
                MetricWords.name(metric),
                values,
                scored.stream()
                        .map(fold -> "repetition " + (fold.repeat() + 1) + ", fold " + (fold.fold() + 1))
                        .toList(),
                scored.stream()
                        .map(fold -> MetricWords.shown(metric, value(fold, metric)))
                        .toList()));
    }

    private static double value(FoldScore fold, Metric metric) {
        return fold.metrics().getOrDefault(metric.key(), Double.NaN);
    }

    private static Optional<Chart> learning(TrainingSummary training) {
        List<LearningCurve> curves = training.typicalCurves();
        if (curves.isEmpty()) {
            return Optional.empty();
        }
        String loss = curves.get(0).metric();
        String metric = MetricWords.name(loss.endsWith("logloss") ? Metric.LOG_LOSS.key() : loss);
        Lines lines = new Lines(
                "learning",
                "Learning curve",
                "How the loss fell with each round, in a typical fold. Where the line of rows that are not"
                        + " learned from no longer falls, the model only learns by heart." + rounds(training.folds()),
                "Round",
                metric);
        for (LearningCurve curve : curves) {
            lines.line(
                    curve.rows(),
                    IntStream.rangeClosed(1, curve.values().size())
                            .asDoubleStream()
                            .toArray(),
                    curve.values().stream().mapToDouble(Double::doubleValue).toArray());
        }
        return Optional.of(lines.draw());
    }

    private static String rounds(List<FoldScore> folds) {
        IntSummaryStatistics best = folds.stream()
                .mapToInt(FoldScore::rounds)
                .filter(rounds -> rounds > 0)
                .summaryStatistics();
        if (best.getCount() == 0) {
            return "";
        }
        return best.getMin() == best.getMax()
                ? " The best round was " + best.getMin() + "."
                : " The best round lay between " + best.getMin() + " and " + best.getMax() + " over the folds.";
    }

    private static Block scores(TrainingSummary training) {
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : Metric.of(training.target().task())) {
            @Nullable Spread spread = training.scores().get(metric.key());
            if (spread != null) {
                rows.add(List.of(
                        MetricWords.name(metric),
                        MetricWords.shown(metric, spread.mean()),
                        metric == Metric.MAPE ? Numbers.percent(spread.deviation()) : Numbers.rough(spread.deviation()),
                        Integer.toString(spread.folds())));
            }
        }
        return Block.Grid.of(
                "Quality on held-out training rows",
                false,
                3,
                List.of("Metric", "Mean", "Deviation over folds", "Folds"),
                rows);
    }
}
