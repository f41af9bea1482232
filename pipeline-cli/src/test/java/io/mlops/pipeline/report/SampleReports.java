package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.ClassCurves;
import io.mlops.pipeline.evaluation.Comparison;
import io.mlops.pipeline.evaluation.ConfusionMatrix;
import io.mlops.pipeline.evaluation.Coverage;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.GainPoint;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Residuals;
import io.mlops.pipeline.evaluation.Slice;
import io.mlops.pipeline.evaluation.ThresholdPoint;
import io.mlops.pipeline.evaluation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Report models with made-up numbers: one for each task, with a given name wherever the data has a say. */
final class SampleReports {
    private SampleReports() {}

    static ReportModel binary(String name) {
        Target target = new Target(name, Task.BINARY, List.of("good", "bad"));
        Evaluation evaluation = new Evaluation(
                target,
                1988,
                0.31,
                Metric.AUC,
                metrics(Task.BINARY),
                Map.of("precision", "no row was decided to be positive"),
                1000,
                slices(name),
                List.of(curves("bad", 0.35)),
                new ConfusionMatrix(target.classes(), List.of(List.of(1301L, 212L), List.of(117L, 358L))),
                thresholds(),
                gains(),
                null,
                new Comparison(
                        "version 3",
                        Map.of("auc", new Comparison.Difference(0.8301, 0.8412, 0.0111, 0.0021, 0.0202, 0.991, 0.009))),
                coverage(1.4),
                new Verdict(
                        Verdict.Outcome.BETTER,
                        "auc is 0.841 against the champion's 0.830, better in 99.1 % of resamples",
                        List.of(new Verdict.Gate("auc at least 0.75", true, "auc is 0.841"))));
        return model(name, "xgboost", evaluation);
    }

    static ReportModel multiclass(String name, int classes) {
        List<String> labels = IntStream.range(0, classes)
                .mapToObj(i -> i == 0 ? name : "class " + i)
                .toList();
        Target target = new Target("species", Task.MULTICLASS, labels);
        Random random = new Random(5);
        List<List<Long>> counts = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < classes; j++) {
                row.add(i == j ? 300L + random.nextInt(300) : random.nextInt(30));
            }
            counts.add(row);
        }
        Evaluation evaluation = new Evaluation(
                target,
                12_000,
                null,
                Metric.LOG_LOSS,
                metrics(Task.MULTICLASS),
                Map.of(),
                200,
                slices(name),
                IntStream.range(0, Math.min(classes, 7))
                        .mapToObj(i -> curves(labels.get(i), 0.25 + 0.06 * i))
                        .toList(),
                new ConfusionMatrix(labels, counts),
                List.of(),
                List.of(),
                null,
                null,
                coverage(2.2),
                new Verdict(Verdict.Outcome.FIRST, "there is no champion yet", List.of()));
        return model(name, "random_forest", evaluation);
    }

    static ReportModel regression(String name) {
        Random random = new Random(9);
        List<Residuals.Point> points = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double predicted = 250_000 + 90_000 * random.nextGaussian();
            points.add(new Residuals.Point(predicted, predicted + 0.15 * predicted * random.nextGaussian()));
        }
        Evaluation evaluation = new Evaluation(
                new Target(name, Task.REGRESSION, List.of()),
                4128,
                null,
                Metric.RMSE,
                metrics(Task.REGRESSION),
                Map.of("mape", "the target is 0 in some rows"),
                1000,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Residuals(
                        List.of(
                                new Residuals.Quantile(0.05, -61_200),
                                new Residuals.Quantile(0.5, -1_104.2),
                                new Residuals.Quantile(0.95, 70_840)),
                        points),
                null,
                null,
                new Verdict(
                        Verdict.Outcome.REJECTED,
                        "r2 is 0.702, less than the 0.75 asked for",
                        List.of(new Verdict.Gate("r2 at least 0.75", false, "r2 is 0.702"))));
        return model(name, "linear_regression", evaluation);
    }

    private static Coverage coverage(double size) {
        return new Coverage(
                0.9,
                "rows that no fold's model had seen",
                List.of(
                        new Coverage.Level(0.5, 0.52, 0.49, 0.55, 0.4 * size),
                        new Coverage.Level(0.9, 0.89, 0.87, 0.91, size),
                        new Coverage.Level(0.99, 0.985, 0.97, 0.99, 1.7 * size)));
    }

    static ReportModel wide(String name, int columns) {
        ReportModel narrow = binary(name);
        Target target = narrow.evaluation().target();
        return new ReportModel(
                name,
                narrow.date(),
                narrow.learner(),
                SampleData.of(target, name, columns),
                SampleTraining.of(narrow.learner(), target, name, columns),
                narrow.evaluation(),
                narrow.timings(),
                narrow.provenance());
    }

    private static ReportModel model(String name, String learner, Evaluation evaluation) {
        Map<String, Map<String, String>> provenance = new LinkedHashMap<>();
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("data.target", name);
        configuration.put("train.model", learner);
        provenance.put("Configuration", configuration);
        provenance.put(
                "Inputs",
                Map.of("data.csv", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
        return new ReportModel(
                name,
                "2026-01-31",
                learner,
                SampleData.of(evaluation.target(), name, 9),
                SampleTraining.of(learner, evaluation.target(), name, 12),
                evaluation,
                List.of(
                        new ReportModel.Timing("prepare-data", 1.31, false),
                        new ReportModel.Timing("prepare-features", 0.42, false),
                        new ReportModel.Timing("train", 7.9, true),
                        new ReportModel.Timing("evaluate", 0.66, false)),
                provenance);
    }

    private static Map<String, Estimate> metrics(Task task) {
        Map<String, Estimate> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.of(task)) {
            double value = metric == Metric.RMSE ? 49_120.4 : metric == Metric.MAE ? 35_010.9 : 0.8412;
            if (metric != Metric.PRECISION && metric != Metric.MAPE) {
                metrics.put(metric.key(), new Estimate(value, value * 0.97, value * 1.03));
            }
        }
        return metrics;
    }

    private static List<Slice> slices(String name) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String metric = i % 2 == 0 ? "auc" : "log_loss";
            slices.add(new Slice(
                    "purpose",
                    i == 2 ? name : "purpose " + i,
                    320 - 40 * i,
                    0.16 - 0.02 * i,
                    Map.of(
                            "auc", new Estimate(0.84 - 0.01 * i, 0.80 - 0.02 * i, 0.88),
                            "log_loss", new Estimate(0.44 + 0.01 * i, 0.40, 0.48 + 0.02 * i)),
                    Map.of(),
                    i == 5 ? "only 120 rows, so " + metric + " says little" : null));
        }
        return slices;
    }

    private static ClassCurves curves(String label, double power) {
        List<ClassCurves.RocPoint> roc = new ArrayList<>();
        List<ClassCurves.PrecisionRecallPoint> recall = new ArrayList<>();
        List<ClassCurves.CalibrationBin> calibration = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            double x = i / 100.0;
            roc.add(new ClassCurves.RocPoint(x, Math.pow(x, power)));
            recall.add(new ClassCurves.PrecisionRecallPoint(x, 1 - 0.75 * Math.pow(x, 1 / power)));
            if (i % 10 == 5) {
                calibration.add(new ClassCurves.CalibrationBin(198, x, x + 0.06 * Math.sin(9 * x)));
            }
        }
        return new ClassCurves(label, 475, roc, recall, calibration);
    }

    private static List<ThresholdPoint> thresholds() {
        return IntStream.rangeClosed(0, 50)
                .mapToObj(i -> {
                    double at = i / 50.0;
                    double recall = 1 - at * at;
                    double precision = 0.24 + 0.7 * at;
                    return new ThresholdPoint(
                            at,
                            i == 50 ? null : precision,
                            recall,
                            i == 50 ? null : 2 * precision * recall / (precision + recall),
                            Math.pow(1 - at, 1.5));
                })
                .toList();
    }

    private static List<GainPoint> gains() {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(i -> new GainPoint(i / 10.0, Math.pow(i / 10.0, 0.4), Math.pow(i / 10.0, 0.4) / (i / 10.0)))
                .toList();
    }
}
