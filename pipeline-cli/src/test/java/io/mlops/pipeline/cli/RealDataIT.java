package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables it never saw, with nothing edited by hand; skipped where they are not at hand (folder MLOPS_TEST_DATA). */
class RealDataIT {
    private static final Path DATA = Path.of(System.getenv().getOrDefault("MLOPS_TEST_DATA", "../../shared/data"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path project;

    @ParameterizedTest
    @CsvSource({
        "titanic.csv,             Survived, auc,               0.80, 0.95",
        "german_credit_modified.csv, kredit, auc,              0.70, 0.92",
        "hypothyroid.csv,         Class,    balanced_accuracy, 0.85, 1.00",
        "auto_mpg.csv,            mpg,      r2,                0.75, 0.95",
        "insurance.csv,           charges,  r2,                0.75, 0.92",
    })
    void learnsASensibleModel(String file, String target, String metric, double least, double most)
            throws IOException, InterruptedException {
        Path table = DATA.resolve(file).toAbsolutePath();
        assumeTrue(Files.exists(table), "needs " + table);

        mlops("init", table.toString(), "--target", target);
        JsonNode result = mlops("run");
        JsonNode scored = mlops("predict", table.toString());

        assertThat(result.get("verdict").asText()).isEqualTo("first");
        assertThat(result.get("metrics").get(metric).asDouble()).isBetween(least, most);
        assertThat(result.get("metrics").get("coverage").asDouble()).isGreaterThan(0.9 - chanceOfCoverage());
        try (Stream<String> lines = Files.lines(project.resolve("predictions.csv"))) {
            assertThat(lines.count())
                    .isEqualTo(
                            scored.get("rows").asLong() + scored.get("failed").asLong() + 1);
        }
    }

    /** Three and a half standard errors of the coverage of nine in ten, on the rows tested and on those held out. */
    private double chanceOfCoverage() throws IOException {
        Path stages = project.resolve("runs/latest");
        double tested = JSON.readTree(stages.resolve("evaluate/evaluation.json").toFile())
                .get("rows")
                .asDouble();
        double held = JSON.readTree(stages.resolve("train/training.json").toFile())
                .get("rows")
                .asDouble();
        return 3.5 * Math.sqrt(0.9 * 0.1 * (1 / tested + 1 / held));
    }

    /** Runs a command in the project's folder to its end and returns its result. */
    private JsonNode mlops(String... arguments) throws IOException, InterruptedException {
        File output = project.resolve("output.json").toFile();
        File words = project.resolve("words.txt").toFile();
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(Documents.TOP.resolve("mlops").toString()), Stream.of(arguments))
                                .toList())
                .directory(project.toFile())
                .redirectOutput(output)
                .redirectError(words)
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(List.of(arguments).toString()).isTrue();
        assertThat(process.exitValue()).as(Files.readString(words.toPath())).isZero();
        return JSON.readTree(output);
    }
}
