package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.tracking.mlflow.ModelFolder;
import io.mlops.pipeline.tracking.mlflow.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models and tables to be scored by the program and by Python; one Python process compares them all. */
final class ParityCases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<Map<String, Object>> cases = new ArrayList<>();

    ParityCases(Path folder) {
        this.folder = folder;
    }

    /**
     * How one case came out.
     *
     * @param difference the largest of all outputs: absolute for probabilities, relative for numbers
     * @param otherLabels how many rows got another label
     */
    record Result(String name, String reading, int rows, double difference, int otherLabels, boolean exampleScores) {}

    /** Trains a model in a project by the stages and writes it for MLflow; returns its folder. */
    Path train(Path project, String name, String... settings) {
        List<String> set = new ArrayList<>();
        for (String setting : settings) {
            set.addAll(List.of("--set", setting));
        }
        for (String stage : List.of("prepare-data", "prepare-features", "train")) {
            List<String> command = new ArrayList<>(List.of("-C", stage, "--date", "2026-01-02"));
            command.addAll(set);
            Said said = Said.by(project, command.toArray(String[]::new));
            assertThat(said.code()).as("%s: %s", name, said.err()).isZero();
        }
        Path model = folder.resolve(name);
        ModelFolder.write(
                project.resolve("runs/2026-01-02/train/bundle"),
                model,
                new ModelIdentity("run", null, Instant.parse("2026-01-02T03:04:05Z")));
        return model;
    }

    /** Scores a table by the program, to be compared. */
    void add(Path project, Path model, Path table, char separator, String... readings) {
        Path predictions = folder.resolve("predictions-" + cases.size() + ".csv");
        Said said = Said.by(
                project,
                "-C",
                "predict",
                table.toString(),
                "--intervals=0.8",
                "--model",
                model.resolve(ModelFolder.BUNDLE).toString(),
                "-o",
                predictions.toString());
        assertThat(said.code()).as("%s: %s", model, said.err()).isZero();
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("name", model.getFileName() + " on " + table.getFileName());
        added.put("folder", model.toString());
        added.put("table", table.toString());
        added.put("predictions", predictions.toString());
        added.put("separator", String.valueOf(separator));
        added.put("readings", readings);
        cases.add(added);
    }

    /** Scores all by Python. */
    List<Result> compare() throws IOException, InterruptedException {
        Path file = folder.resolve("cases.json");
        Path results = folder.resolve("results.json");
        JSON.writeValue(file.toFile(), cases);
        PythonProcess.run(folder, "parity.py", file.toString(), results.toString());
        List<Map<String, Object>> read = JSON.readValue(results.toFile(), new TypeReference<>() {});
        return read.stream()
                .map(each -> new Result(
                        String.valueOf(each.get("case")),
                        String.valueOf(each.get("reading")),
                        (int) each.get("rows"),
                        each.get("difference") instanceof Double number ? number : Double.POSITIVE_INFINITY,
                        (int) each.get("other_labels"),
                        (boolean) each.get("example_scores")))
                .toList();
    }
}
