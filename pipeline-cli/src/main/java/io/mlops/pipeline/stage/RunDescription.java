package io.mlops.pipeline.stage;

import io.mlops.pipeline.evaluation.Comparison.Difference;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import java.util.Locale;
import java.util.Optional;

/** Says in Markdown what a run learned, and how well; of what cannot be read it says nothing. */
public final class RunDescription {
    private final StringBuilder text = new StringBuilder();
    private final Run run;

    private RunDescription(Run run) {
        this.run = run;
    }

    /** For the run of the pipeline. */
    public static String of(Run run) {
        RunDescription description = new RunDescription(run).findings();
        description.line(
                "report",
                "`report.html` among the artifacts; on the machine that ran it, `"
                        + run.folder(EvaluateStage.NAME).resolve(EvaluateStage.REPORT) + "`");
        return description.text.toString();
    }

    /** For the model that the run made. */
    public static String ofModel(Run run) {
        return new RunDescription(run).findings().text.toString();
    }

    private RunDescription findings() {
        Optional<Evaluation> evaluation = EvaluationRecord.evaluation(run);
        text.append("**")
                .append(escaped(run.config().name()))
                .append("**, ")
                .append(run.date())
                .append(evaluation.map(found -> ": " + learned(found)).orElse(""))
                .append(".\n\n| | |\n|---|---|\n");
        evaluation.ifPresent(this::scores);
        run.manifest(EvaluateStage.NAME)
                .ifPresent(manifest -> line(
                        "verdict",
                        "**" + escaped(manifest.text("verdict").replace('_', ' ')) + "**: "
                                + escaped(manifest.text("reason"))));
        TrainingRecord.summary(run).ifPresent(training -> line("validated by", escaped(training.planInWords())));
        run.manifest(PrepareDataStage.NAME).ifPresent(this::data);
        return this;
    }

    private String learned(Evaluation evaluation) {
        String column = escaped(evaluation.target().column());
        String what =
                switch (evaluation.target().task()) {
                    case BINARY ->
                        "whether " + column + " is "
                                + escaped(evaluation.target().positive());
                    case MULTICLASS ->
                        column + ", one of " + evaluation.target().classes().size() + " classes";
                    case REGRESSION -> "the number " + column;
                };
        String model = run.manifest(TrainStage.NAME)
                .map(manifest -> ", by " + escaped(manifest.text("model")))
                .orElse("");
        return what + model;
    }

    private void scores(Evaluation evaluation) {
        String key = evaluation.metric().key();
        Estimate estimate = evaluation.metrics().get(key);
        if (estimate == null) {
            return;
        }
        String interval = estimate.lower() == null || estimate.upper() == null
                ? ""
                : String.format(Locale.ROOT, " (95 %% interval %.4g to %.4g)", estimate.lower(), estimate.upper());
        line(
                escaped(evaluation.metric().title()),
                String.format(
                        Locale.ROOT, "**%.4g**%s on %,d rows held out", estimate.value(), interval, evaluation.rows()));
        if (evaluation.comparison() != null) {
            Difference difference = evaluation.comparison().differences().get(key);
            if (difference != null) {
                line(
                        "champion, " + escaped(evaluation.comparison().champion()),
                        String.format(Locale.ROOT, "%.4g on the same rows", difference.champion()));
            }
        }
    }

    private void data(Manifest manifest) {
        String source = run.config().data().source();
        line(
                "rows",
                manifest.text("rows") + (source == null ? "" : " of " + escaped(run.dated(source))) + ": "
                        + manifest.text(PrepareDataStage.TRAIN_ROWS) + " to learn from, "
                        + manifest.text(PrepareDataStage.TEST_ROWS) + " set aside");
    }

    private void line(String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** Names from the data as they are, whatever Markdown would make of them. */
    private static String escaped(String words) {
        return words.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_{}\\[\\]()<>#+!|~&])", "\\\\$1");
    }
}
