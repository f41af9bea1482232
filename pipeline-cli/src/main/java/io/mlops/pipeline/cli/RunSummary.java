package io.mlops.pipeline.cli;

import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.stage.EvaluateStage;
import io.mlops.pipeline.stage.Json;
import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.PrepareDataStage;
import io.mlops.pipeline.stage.RegisterStage;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.TrainStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The few lines that a person reads at the end of a run. */
final class RunSummary {
    private final Run run;
    private final List<Manifest> done;

    /**
     * Of what lies in the run's folder.
     *
     * @param done the stages that were at work; what was registered earlier is another model's
     */
    RunSummary(Run run, List<Manifest> done) {
        this.run = run;
        this.done = done;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Optional<Manifest> evaluate = run.manifest(EvaluateStage.NAME);
        if (evaluate.isEmpty()) {
            return lines;
        }
        Path folder = run.folder(EvaluateStage.NAME);
        try {
            Evaluation evaluation = Json.read(folder.resolve(EvaluateStage.EVALUATION), Evaluation.class);
            lines.add("");
            lines.add("learned   " + learned(evaluation));
            lines.add("score     " + score(evaluation));
            lines.add("verdict   " + evaluate.get().text("verdict").replace('_', ' ') + ": "
                    + evaluate.get().text("reason"));
            done.stream()
                    .filter(each -> each.stage().equals(RegisterStage.NAME))
                    .filter(each -> each.summary().containsKey("version"))
                    .forEach(each -> lines.add("model     " + each.text("name") + " version " + each.text("version")
                            + (Boolean.parseBoolean(each.text("promoted")) ? ", the champion" : ", the challenger")));
            lines.add("report    " + folder.resolve(EvaluateStage.REPORT));
        } catch (IOException e) {
            lines.add("the evaluation cannot be read: " + e.getMessage());
        }
        return lines;
    }

    private String learned(Evaluation evaluation) {
        String what =
                switch (evaluation.target().task()) {
                    case BINARY ->
                        "whether " + evaluation.target().column() + " is "
                                + evaluation.target().positive();
                    case MULTICLASS ->
                        evaluation.target().column() + ", one of "
                                + evaluation.target().classes().size() + " classes";
                    case REGRESSION -> "the number " + evaluation.target().column();
                };
        String model =
                run.manifest(TrainStage.NAME).map(each -> each.text("model")).orElse("a model");
        String rows = run.manifest(PrepareDataStage.NAME)
                .map(each -> " from " + each.text("train_rows") + " rows")
                .orElse("");
        return what + ", by " + model + rows;
    }

    private static String score(Evaluation evaluation) {
        Estimate estimate = evaluation.metrics().get(evaluation.metric().key());
        if (estimate == null) {
            return evaluation.metric().key() + " is not defined on the test rows";
        }
        String interval = estimate.lower() == null || estimate.upper() == null
                ? ""
                : String.format(Locale.ROOT, " (95 %% interval %.4g to %.4g)", estimate.lower(), estimate.upper());
        return String.format(
                Locale.ROOT,
                "%s %.4g%s on %,d untouched rows",
                evaluation.metric().key(),
                estimate.value(),
                interval,
                evaluation.rows());
    }
}
