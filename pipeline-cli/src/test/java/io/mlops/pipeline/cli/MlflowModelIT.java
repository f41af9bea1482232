package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.mlops.pipeline.tracking.mlflow.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways that MLflow has to use a model, with MLflow itself. */
class MlflowModelIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 50;

    @TempDir
    Path folder;

    @Test
    void mlflowPredictsEvaluatesAndServesAsTheProgramScores() throws IOException, InterruptedException {
        PythonProcess.require();
        assertThat(Said.by(folder, "sample-data", "--rows", "600", "-o", folder + "/credit.csv")
                        .code())
                .isZero();
        assertThat(Said.by(folder, "-C", "init", "credit.csv", "--target", "default")
                        .code())
                .isZero();
        Path model = new ParityCases(folder).train(folder, "credit", "train.cross_validation.folds=2");
        Said scored = Said.by(
                folder,
                "-C",
                "predict",
                "credit.csv",
                "--intervals=0.8",
                "--model",
                model.resolve(ModelFolder.BUNDLE) + "",
                "-o",
                "p.csv");
        assertThat(scored.code()).as(scored.err()).isZero();

        PythonProcess.run(
                folder, "served.py", model.toString(), folder + "/credit.csv", "default", folder + "/answers.json");

        JsonNode answers = JSON.readTree(folder.resolve("answers.json").toFile());
        List<NamedCsvRecord> expected = predictions(folder.resolve("p.csv"));
        requireEqual(answers.get("predicted"), expected);
        assertThat(answers.at("/served/rows/status").asInt()).isEqualTo(200);
        requireEqual(answers.at("/served/rows/body/predictions"), expected);
        JsonNode sets = answers.at("/served/sets/body/predictions");
        requireEqual(sets, expected);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(sets.get(row).get("prediction_set").asText())
                    .isEqualTo(expected.get(row).getField("prediction_set"));
        }
        assertThat(answers.at("/served/example/status").asInt()).isEqualTo(200);
        assertThat(answers.at("/served/example/body/predictions")).hasSize(1);
        assertThat(answers.at("/served/lacking/status").asInt()).isEqualTo(400);
        assertThat(answers.at("/served/lacking/body/message").asText()).contains("Model is missing inputs");
        assertThat(answers.at("/evaluated/accuracy_score").asDouble())
                .isCloseTo(scored.json().at("/metrics/accuracy").asDouble(), within(1e-6));
    }

    private static List<NamedCsvRecord> predictions(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            return csv.stream().limit(ROWS).toList();
        }
    }

    private static void requireEqual(JsonNode answers, List<NamedCsvRecord> expected) {
        assertThat(answers).hasSameSizeAs(expected);
        for (int row = 0; row < expected.size(); row++) {
            JsonNode answer = answers.get(row);
            assertThat(answer.get("prediction").asText())
                    .isEqualTo(expected.get(row).getField("prediction"));
            assertThat(answer.get("probability_1").asDouble())
                    .isCloseTo(Double.parseDouble(expected.get(row).getField("probability_1")), within(1e-6));
        }
    }
}
