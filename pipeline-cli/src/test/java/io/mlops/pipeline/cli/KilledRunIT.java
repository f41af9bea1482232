package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any moment leaves nothing half-written, and running it again gives what an undisturbed run
 * gives. The system property {@code mlops.kills} sets how often the real process is killed.
 */
class KilledRunIT {
    private static final int KILLS = Integer.getInteger("mlops.kills", 10);
    private static final String DATE = "2026-01-02";
    private static final Path JAR = Path.of(System.getProperty("pipeline.jar", "target/pipeline-cli.jar"))
            .toAbsolutePath();
    /** Outputs that tell how long the work took. */
    private static final Set<String> TIMED = Set.of("report.html", "training.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    @Test
    void runningAgainGivesWhatAnUndisturbedRunGives() throws Exception {
        Path undisturbed = project("undisturbed");
        long start = System.nanoTime();
        assertThat(run(undisturbed).waitFor()).as(errors(undisturbed)).isIn(0, 99);
        long duration = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Map<String, String> expected = results(undisturbed);
        assertThat(expected).hasSizeGreaterThan(10);

        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < KILLS; i++) {
            long delay = random.nextLong(duration);
            boolean gently = i % 2 == 0;
            String what = (gently ? "TERM" : "KILL") + " after " + delay + " of " + duration + " ms";
            Path project = project("killed-" + i);

            Process victim = run(project);
            boolean finished = victim.waitFor(delay, TimeUnit.MILLISECONDS);
            if (gently) {
                victim.destroy();
            } else {
                victim.destroyForcibly();
            }
            assertThat(victim.waitFor(20, TimeUnit.SECONDS))
                    .as("%s: the process ends", what)
                    .isTrue();
            if (gently && !finished) {
                assertThat(victim.exitValue())
                        .as("%s\n%s", what, errors(project))
                        .isIn(143, 0, 99);
                if (victim.exitValue() == 143) {
                    assertMarkedKilled(project, what);
                }
            }
            assertWhole(project, what);

            assertThat(run(project).waitFor())
                    .as("%s, then run again\n%s", what, errors(project))
                    .isIn(0, 99);
            assertThat(results(project)).as(what).containsExactlyInAnyOrderEntriesOf(expected);
            assertNothingLeft(project, what);
        }
    }

    @Test
    void aSecondRunOfTheSameDateWaitsAndThenGivesUp() throws Exception {
        Path project = project("locked");
        Process first = run(project);
        Path locks = project.resolve(".mlops/locks");
        while (first.isAlive() && list(locks).isEmpty()) {
            Thread.sleep(20);
        }
        Files.move(project.resolve("error.log"), project.resolve("error-of-the-first.log"));
        Process second = run(project, "--lock-timeout", "0");
        int code = second.waitFor();
        String message = errors(project);
        if (first.isAlive()) {
            assertThat(code).as(message).isEqualTo(75);
            assertThat(message).contains(DATE).contains("--lock-timeout");
        }
        first.destroy();
        first.waitFor();
    }

    private Path project(String name) throws IOException {
        return CreditProject.write(temporary.resolve(name), "credit", "decision_tree", 2);
    }

    private static Process run(Path project, String... further) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--date", DATE));
        arguments.addAll(List.of(further));
        return start(project, arguments.toArray(String[]::new));
    }

    private static Process start(Path project, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(project.resolve("output.log").toFile())
                .redirectError(project.resolve("error.log").toFile())
                .start();
    }

    /** The digest of every output of every stage, and the models with their aliases. */
    private static Map<String, String> results(Path project) throws IOException {
        Map<String, String> results = new TreeMap<>();
        for (Path stage : list(project.resolve("runs").resolve(DATE))) {
            Path manifest = stage.resolve("manifest.json");
            if (Files.exists(manifest)) {
                JsonNode content = JSON.readTree(manifest.toFile());
                for (Map.Entry<String, JsonNode> output : content.get("outputs").properties()) {
                    if (!TIMED.contains(output.getKey())) {
                        results.put(
                                stage.getFileName() + "/" + output.getKey(),
                                output.getValue().asText());
                    }
                }
                if (Files.exists(stage.resolve("training.json"))) {
                    results.put("training", untimed(stage.resolve("training.json")));
                }
                results.put(
                        stage.getFileName() + " metrics", content.get("metrics").toString());
                assertThat(content.get("outputs").properties())
                        .allSatisfy(output ->
                                assertThat(stage.resolve(output.getKey())).exists());
            }
        }
        Path models = project.resolve("models");
        try (Stream<Path> files = Files.walk(models)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                results.put("models/" + models.relativize(file), "");
            }
        }
        return results;
    }

    private static String untimed(Path training) throws IOException {
        ObjectNode content = (ObjectNode) JSON.readTree(training.toFile());
        content.remove("seconds");
        content.get("folds").forEach(fold -> ((ObjectNode) fold).remove("seconds"));
        return content.toString();
    }

    /** Whatever bears a stage's name is complete, also right after the kill. */
    private static void assertWhole(Path project, String what) throws IOException {
        for (Path stage : list(project.resolve("runs").resolve(DATE))) {
            if (Files.isDirectory(stage)) {
                assertThat(stage.resolve("manifest.json")).as(what).exists();
                JsonNode content = JSON.readTree(stage.resolve("manifest.json").toFile());
                assertThat(content.get("outputs").properties()).as(what).allSatisfy(output -> assertThat(
                                stage.resolve(output.getKey()))
                        .exists());
            }
        }
    }

    private static void assertMarkedKilled(Path project, String what) throws IOException {
        Path state = project.resolve("runs").resolve(DATE).resolve("run.json");
        if (Files.exists(state)) {
            assertThat(JSON.readTree(state.toFile()).get("status").asText())
                    .as(what)
                    .isIn("KILLED", "FINISHED");
            assertThat(list(project.resolve(".mlops/locks"))).as(what).isEmpty();
        }
    }

    private static void assertNothingLeft(Path project, String what) throws IOException {
        assertThat(list(project.resolve(".mlops/locks"))).as(what).isEmpty();
        try (Stream<Path> temporaries = Files.exists(project.resolve(".mlops/tmp"))
                ? Files.walk(project.resolve(".mlops/tmp"))
                : Stream.<Path>empty()) {
            assertThat(temporaries.filter(Files::isRegularFile)).as(what).isEmpty();
        }
        assertThat(JSON.readTree(project.resolve("runs")
                                .resolve(DATE)
                                .resolve("run.json")
                                .toFile())
                        .get("status")
                        .asText())
                .as(what)
                .isEqualTo("FINISHED");
        assertThat(project.resolve("runs/latest").toRealPath().getFileName())
                .as(what)
                .hasToString(DATE);
    }

    private static String errors(Path project) throws IOException {
        Path log = project.resolve("error.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
