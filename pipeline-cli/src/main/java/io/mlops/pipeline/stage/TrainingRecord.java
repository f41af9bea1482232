package io.mlops.pipeline.stage;

import io.mlops.pipeline.evaluation.training.FoldScore;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.model.LearningCurve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is recorded of the training. */
final class TrainingRecord {
    private TrainingRecord() {}

    static void describe(Run run, Manifest manifest, StageRecord record) {
        Path folder = run.folder(TrainStage.NAME);
        record.ofStage().artifact(TrainStage.SUMMARY, folder.resolve(TrainStage.SUMMARY));
        Path leaderboard = folder.resolve(TrainStage.LEADERBOARD);
        if (Files.exists(leaderboard)) {
            record.ofBoth().forEach(facts -> facts.artifact(TrainStage.LEADERBOARD, leaderboard));
        }
        Path selection = folder.resolve(TrainStage.SELECTION);
        if (Files.exists(selection)) {
            record.ofBoth().forEach(facts -> facts.artifact(TrainStage.SELECTION, selection));
        }
        record.ofBoth().forEach(facts -> facts.artifact(TrainStage.IMPORTANCE, folder.resolve(TrainStage.IMPORTANCE)));
        DataRecord.training(run).ifPresent(record.ofStage()::dataset);
        summary(run).ifPresent(summary -> describe(summary, record, StageRecords.ended(manifest)));
    }

    private static void describe(TrainingSummary summary, StageRecord record, Instant at) {
        for (RunFacts facts : record.ofBoth()) {
            facts.parameter("model", summary.model());
            summary.parameters().forEach(facts::parameter);
            facts.metric("features", summary.features(), at);
            if (summary.threshold() != null) {
                facts.metric("threshold", summary.threshold().threshold(), at);
            }
            summary.scores()
                    .forEach((metric, spread) -> facts.metric("cv_" + metric + "_deviation", spread.deviation(), at));
        }
        // The stage's record has the means already: they are the metrics of its manifest.
        summary.scores().forEach((metric, spread) -> record.ofRun().metric("cv_" + metric, spread.mean(), at));
        curves(summary, record.ofStage(), at);
    }

    private static void curves(TrainingSummary summary, RunFacts facts, Instant at) {
        for (int i = 0; i < summary.folds().size(); i++) {
            FoldScore fold = summary.folds().get(i);
            int step = i + 1;
            fold.metrics().forEach((metric, value) -> facts.metric("folds/" + metric, value, step, at));
            if (fold.rounds() > 0) {
                facts.metric("folds/rounds", fold.rounds(), step, at);
            }
        }
        for (LearningCurve curve : summary.typicalCurves()) {
            for (int i = 0; i < curve.values().size(); i++) {
                facts.metric(
                        "learning/" + curve.rows() + "_" + curve.metric(),
                        curve.values().get(i),
                        i + 1,
                        at);
            }
        }
    }

    /** How the model was trained; empty where that cannot be read. */
    static Optional<TrainingSummary> summary(Run run) {
        try {
            return Optional.of(
                    Json.read(run.folder(TrainStage.NAME).resolve(TrainStage.SUMMARY), TrainingSummary.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What each column is worth and what each feature contributed, as a table. */
    static Map<String, Object> importance(TrainingSummary summary) {
        List<List<? extends @Nullable Object>> rows = new ArrayList<>();
        summary.permutation()
                .forEach(each -> rows.add(
                        List.of("permutation, " + each.metric(), each.column(), each.mean(), each.deviation())));
        summary.gain().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> rows.add(Arrays.asList("contribution", each.getKey(), each.getValue(), null)));
        return Tables.of(List.of("kind", "name", "importance", "deviation"), rows);
    }
}
