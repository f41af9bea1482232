package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.sample.CreditSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search as a person asks for it. */
class AutomlCommandTest {
    private static final String DATE = "2026-01-02";

    @TempDir
    Path home;

    @BeforeEach
    void project() throws IOException {
        CreditSample.defaults().withRows(400).write(home.resolve("credit.csv"));
        Files.writeString(home.resolve("pipeline.yaml"), """
                name: credit
                data: {source: credit.csv, target: default}
                train: {importance_rows: 50}
                automl: {folds: 2, max_models: 3, families: [logistic_regression, xgboost]}
                """);
    }

    @Test
    void aLimitOfLatencyIsToldAndKept() throws IOException {
        Said said = run("--to", "evaluate", "--model", "automl", "--max-latency-us", "5000");
        assertThat(said.code()).as(said.err()).isZero();
        JsonNode latency = read("train/leaderboard.json").get("latency");
        assertThat(latency.get("limit").asDouble()).isEqualTo(5000);
        assertThat(latency.get("delivered").get("microseconds").asDouble()).isBetween(0.0, 5000.0);
        assertThat(latency.get("points")).isNotEmpty();
        assertThat(read("train/training.json").get("notes").toString())
                .contains("a row's prediction takes ", "(limit 5000)");
        assertThat(Files.readString(folder().resolve("evaluate/report.html")))
                .contains("Time of a prediction", "It was cut down to 5,000 µs.");
    }

    @Test
    void whatWasMeasuredDoesNotReachTheBundle() throws IOException {
        assertThat(run("--to", "train", "--model", "automl").code()).isZero();
        Map<String, String> first = bundle();
        assertThat(read("train/leaderboard.json").get("latency").has("limit")).isFalse();
        assertThat(run("--to", "train", "--model", "automl", "--force").code()).isZero();
        assertThat(bundle()).isEqualTo(first);
    }

    @Test
    void whatASearchKeptIsGoneOnceItsResultIsInItsPlace() throws IOException {
        assertThat(run("--to", "train", "--model", "automl").code()).isZero();
        try (Stream<Path> kept = Files.list(home.resolve(".mlops/checkpoints"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void anotherAnswerToSignalsIsNoOtherSearch() throws IOException {
        assertThat(run("--to", "train", "--model", "automl").code()).isZero();
        JsonNode first = read("train/manifest.json");
        Said again = run("--to", "train", "--model", "automl", "--keep-best");
        assertThat(again.code()).isZero();
        JsonNode second = read("train/manifest.json");
        assertThat(second.get("key")).isEqualTo(first.get("key"));
        assertThat(second.get("started")).isEqualTo(first.get("started"));
    }

    @Test
    void aLimitThatIsNoneIsRefusedInWords() {
        refused("automl.max_latency_us", "--model", "automl", "--max-latency-us", "0");
        refused("automl.max_latency_us", "--model", "automl", "--max-latency-us", "-5");
        refused("automl.max_latency_us", "--model", "automl", "--max-latency-us", "NaN");
        refused("automl.max_latency_us", "--model", "automl", "--max-latency-us", "fast");
        refused(
                "--max-latency-us and --keep-best are for --model automl",
                "--model",
                "xgboost",
                "--max-latency-us",
                "5");
    }

    private void refused(String words, String... arguments) {
        Said said = run(arguments);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(words).doesNotContain("Exception");
        assertThat(home.resolve("runs")).doesNotExist();
    }

    private Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-C", "run", "--date", DATE));
        all.addAll(List.of(arguments));
        return Said.by(home, all.toArray(String[]::new));
    }

    private Path folder() {
        return home.resolve("runs").resolve(DATE);
    }

    private JsonNode read(String file) throws IOException {
        return new ObjectMapper().readTree(folder().resolve(file).toFile());
    }

    private Map<String, String> bundle() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        Path bundle = folder().resolve("train/bundle");
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(bundle.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
