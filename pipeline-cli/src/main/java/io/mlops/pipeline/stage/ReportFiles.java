package io.mlops.pipeline.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.explanation.Explanations;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.report.ReportModel;
import io.mlops.pipeline.report.ReportWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what the stages of a run wrote into the report. */
final class ReportFiles {
    private final Run run;
    private final Bundle bundle;

    ReportFiles(Run run, Bundle bundle) {
        this.run = run;
        this.bundle = bundle;
    }

    void write(Path folder, Evaluation evaluation, Explanations explanations) {
        List<ReportModel.Timing> timings = new ArrayList<>();
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, String> configuration = new LinkedHashMap<>();
        for (String stage : List.of(PrepareDataStage.NAME, PrepareFeaturesStage.NAME, TrainStage.NAME)) {
            Manifest manifest = run.required(stage);
            timings.add(new ReportModel.Timing(stage, manifest.seconds(), manifest.cached()));
            manifest.inputs().forEach((name, digest) -> digests.put(stage + " read " + name, digest));
            manifest.parameters()
                    .forEach((key, value) -> flatten(key, Json.convert(value, JsonNode.class), configuration));
        }
        digests.put("bundle", bundle.digest());
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("code", CodeVersion.current().id());
        versions.put("seed", Long.toString(run.config().seed()));
        versions.putAll(run.required(TrainStage.NAME).environment());
        Map<String, Map<String, String>> provenance = new LinkedHashMap<>();
        provenance.put("Configuration", configuration);
        provenance.put("Digests (SHA-256)", digests);
        provenance.put("Versions", versions);
        ReportWriter.write(
                folder.resolve(EvaluateStage.REPORT),
                folder.resolve(EvaluateStage.PLOTS),
                new ReportModel(
                        run.config().name(),
                        run.date().toString(),
                        bundle.learner(),
                        data(),
                        training(),
                        evaluation,
                        explanations,
                        timings,
                        provenance));
    }

    private ReportModel.Data data() {
        Path folder = run.folder(PrepareDataStage.NAME);
        return new ReportModel.Data(
                PreparedData.readValidation(folder),
                PreparedData.readProfile(folder),
                PrepareDataStage.train(run).count(),
                PrepareDataStage.test(run).count(),
                run.required(PrepareDataStage.NAME).texts(PrepareDataStage.WARNINGS));
    }

    private TrainingSummary training() {
        try {
            return Json.read(run.folder(TrainStage.NAME).resolve(TrainStage.SUMMARY), TrainingSummary.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String key, JsonNode value, Map<String, String> configuration) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(each -> flatten(key + "." + each.getKey(), each.getValue(), configuration));
        } else if (!value.isNull()) {
            configuration.put(key, value.isTextual() ? value.textValue() : value.toString());
        }
    }
}
