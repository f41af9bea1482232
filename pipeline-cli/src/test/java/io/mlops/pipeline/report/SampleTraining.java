package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.calibration.CalibrationChoice;
import io.mlops.pipeline.evaluation.calibration.CalibrationMethod;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.threshold.ThresholdChoice;
import io.mlops.pipeline.evaluation.training.FoldScore;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.evaluation.training.Spread;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.LearningCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The training part of the sample reports. */
final class SampleTraining {
    private SampleTraining() {}

    static TrainingSummary of(String learner, Target target, String name, int columns) {
        List<FoldScore> folds = new ArrayList<>();
        List<TrainingSummary.FoldCurve> curves = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (Metric metric : Metric.of(target.task())) {
                metrics.put(metric.key(), (metric == Metric.RMSE ? 50_000 : 1) * (0.83 + 0.013 * Math.sin(7 * i)));
            }
            folds.add(new FoldScore(i / 5, i % 5, 6362, 1590, 40 + i, 1.2, metrics));
            if (i < 5) {
                curves.add(new TrainingSummary.FoldCurve(i, curve("train", 40 + i, 0)));
                curves.add(new TrainingSummary.FoldCurve(i, curve("validation", 40 + i, 0.0015)));
            }
        }
        Map<String, Spread> scores = new LinkedHashMap<>();
        folds.get(0).metrics().forEach((metric, value) -> scores.put(metric, new Spread(value, 0.0094 * value, 15)));
        Map<String, Double> gain = new LinkedHashMap<>();
        List<PermutationImportance> permutation = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            String column = i == 2 ? name : "a_column_with_quite_a_long_name_" + i;
            gain.put(column, Math.pow(0.7, i) * 0.3);
            permutation.add(new PermutationImportance(
                    column, Metric.primary(target.task()).key(), 0.05 * Math.pow(0.7, i) - 0.0005, 0.002));
        }
        return new TrainingSummary(
                learner,
                Map.of("max_depth", 6),
                target,
                7952,
                columns,
                "none",
                new FoldPlan(CrossValidationSettings.By.RANDOM, 5, 3, "the rows are few"),
                "5 folds, repeated 3 times",
                folds,
                scores,
                new CalibrationChoice(
                        new Calibration.None(), CalibrationMethod.NONE, 0.4402, 0.4399, "log loss did not improve"),
                target.classes().size() == 2
                        ? new ThresholdChoice(0.31, "f1", 0.61, 0.52, 7952, "the best f1 on held-out rows")
                        : null,
                curves,
                gain,
                permutation,
                leaderboard(target),
                selection(target, name),
                Map.of("fit", 1.0),
                List.of("a note on " + name));
    }

    private static Leaderboard leaderboard(Target target) {
        LatencyCurve curve = new LatencyCurve(
                List.of(
                        new LatencyCurve.Point(0.9, 0.801, List.of("linear"), 1),
                        new LatencyCurve.Point(12.4, 0.824, List.of("xgboost"), 1),
                        new LatencyCurve.Point(61, 0.831, List.of("xgboost", "neural network"), 2)),
                new LatencyCurve.Point(302, 0.831, List.of("xgboost", "neural network"), 10),
                null);
        return new Leaderboard(
                Metric.primary(target.task()).key(),
                0.831,
                List.of(new Leaderboard.Entry("xgboost", "xgboost", Map.of(), 0.824, 0.01, 0.6, 12, 60, "")),
                Map.of("xgboost", 0.81, "neural_network", 0.824),
                target.task().isClassification(),
                curve);
    }

    private static SelectionSummary selection(Target target, String name) {
        return new SelectionSummary(
                "shadow",
                List.of(
                        new SelectionSummary.Column(
                                "income", true, 0.2, "it beat all shuffled columns in 20 rounds", 5),
                        new SelectionSummary.Column(name, false, -0.1, "it beat all shuffled columns in 3 rounds", 2)),
                5,
                name,
                Metric.primary(target.task()).key(),
                new Spread(0.83, 0.01, 5),
                new Spread(0.82, 0.01, 5),
                List.of());
    }

    private static LearningCurve curve(String rows, int rounds, double rise) {
        return new LearningCurve(
                "logloss",
                rows,
                IntStream.range(0, rounds)
                        .mapToObj(i -> 0.35 + 0.34 * Math.exp(-i / 9.0) + rise * i)
                        .toList());
    }
}
