package io.mlops.pipeline.stage;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.ConfusionMatrix;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is recorded of the evaluation. */
final class EvaluationRecord {
    /** More classes than this have no metrics of their own. */
    private static final int MOST_CLASSES = 50;

    private EvaluationRecord() {}

    static void describe(Run run, Manifest manifest, StageRecord record) {
        Path folder = run.folder(EvaluateStage.NAME);
        for (RunFacts facts : record.ofBoth()) {
            facts.tag("verdict", manifest.text("verdict")).tag("reason", manifest.text("reason"));
        }
        record.ofStage().artifact(EvaluateStage.EVALUATION, folder.resolve(EvaluateStage.EVALUATION));
        RunFacts facts = record.ofRun();
        facts.tag("mlflow.note.content", RunDescription.of(run));
        facts.artifact(EvaluateStage.REPORT, folder.resolve(EvaluateStage.REPORT));
        plots(folder.resolve(EvaluateStage.PLOTS))
                .forEach(plot -> facts.artifact(plot.getFileName().toString(), plot));
        Path table = folder.resolve(EvaluateStage.TABLE);
        if (Files.isRegularFile(table)) {
            facts.artifact(EvaluateStage.TABLE, table)
                    .tag("mlflow.loggedArtifacts", "[{\"path\":\"" + EvaluateStage.TABLE + "\",\"type\":\"table\"}]");
        }
        DataRecord.testing(run).ifPresent(record.ofStage()::dataset);
        evaluation(run).ifPresent(evaluation -> describe(evaluation, record, StageRecords.ended(manifest)));
    }

    private static void describe(Evaluation evaluation, StageRecord record, Instant at) {
        // The stage's record has the values already: they are the metrics of its manifest.
        evaluation.values().forEach((metric, value) -> record.ofRun().metric(metric, value, at));
        for (RunFacts facts : record.ofBoth()) {
            evaluation.metrics().forEach((metric, estimate) -> {
                end(facts, metric + "_lower", estimate.lower(), at);
                end(facts, metric + "_upper", estimate.upper(), at);
            });
            if (evaluation.comparison() != null) {
                facts.tag("champion", evaluation.comparison().champion());
                evaluation
                        .comparison()
                        .differences()
                        .forEach((metric, difference) -> facts.metric("champion_" + metric, difference.champion(), at));
            }
        }
        ConfusionMatrix confusion = evaluation.confusion();
        if (confusion != null
                && evaluation.target().task() == Task.MULTICLASS
                && confusion.labels().size() <= MOST_CLASSES) {
            classes(confusion, record.ofStage(), at);
        }
    }

    private static void end(RunFacts facts, String name, @Nullable Double value, Instant at) {
        if (value != null) {
            facts.metric(name, value, at);
        }
    }

    private static void classes(ConfusionMatrix confusion, RunFacts facts, Instant at) {
        List<List<Long>> counts = confusion.counts();
        for (int i = 0; i < confusion.labels().size(); i++) {
            int label = i;
            double right = counts.get(i).get(i);
            double actual = counts.get(i).stream().mapToLong(Long::longValue).sum();
            double decided = counts.stream().mapToLong(row -> row.get(label)).sum();
            String prefix = "classes/" + RecordNames.part(confusion.labels().get(i)) + "/";
            if (actual > 0) {
                facts.metric(prefix + "recall", right / actual, at);
            }
            if (decided > 0) {
                facts.metric(prefix + "precision", right / decided, at);
            }
        }
    }

    private static List<Path> plots(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** The findings of a run; empty where they cannot be read. */
    static Optional<Evaluation> evaluation(Run run) {
        try {
            return Optional.of(
                    Json.read(run.folder(EvaluateStage.NAME).resolve(EvaluateStage.EVALUATION), Evaluation.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The metrics of all rows and of each slice, one line each, so that models can be compared group by group. */
    static Map<String, Object> table(Evaluation evaluation) {
        List<String> metrics = List.copyOf(evaluation.metrics().keySet());
        String deciding = evaluation.metric().key();
        List<String> columns = new ArrayList<>(List.of("slice", "value", "rows"));
        columns.addAll(metrics);
        columns.add(deciding + "_lower");
        columns.add(deciding + "_upper");
        List<List<? extends @Nullable Object>> rows = new ArrayList<>();
        rows.add(row("all rows", "", evaluation.rows(), metrics, deciding, evaluation.metrics()));
        for (Slice slice : evaluation.slices()) {
            rows.add(row(slice.column(), slice.value(), slice.rows(), metrics, deciding, slice.metrics()));
        }
        return Tables.of(columns, rows);
    }

    private static List<@Nullable Object> row(
            String slice,
            String value,
            long count,
            List<String> metrics,
            String deciding,
            Map<String, Estimate> estimates) {
        List<@Nullable Object> row = new ArrayList<>(List.of(slice, value, count));
        for (String metric : metrics) {
            Estimate estimate = estimates.get(metric);
            row.add(estimate == null ? null : estimate.value());
        }
        Estimate estimate = estimates.get(deciding);
        row.add(estimate == null ? null : estimate.lower());
        row.add(estimate == null ? null : estimate.upper());
        return row;
    }
}
