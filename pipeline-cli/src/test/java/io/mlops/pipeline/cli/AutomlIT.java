package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.sample.CreditSample;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search as a process that is ended from outside. */
class AutomlIT {
    private static final String[] TRAIN = {"train", "--date", "2026-01-02", "--model", "automl", "--time-limit", "300"};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fitted models before a signal is sent: the baseline, the linear model and some of boosting. */
    private static final int SOME = 11;

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException, InterruptedException {
        CreditSample.defaults().withRows(800).write(folder.resolve("credit.csv"));
        Files.writeString(folder.resolve("pipeline.yaml"), """
                name: credit
                data: {source: credit.csv, target: default}
                train: {importance_rows: 100}
                """);
        JarCommands jar = new JarCommands(folder);
        assertThat(jar.run(Map.of(), "run", "--to", "prepare-features", "--date", "2026-01-02")
                        .code())
                .isZero();
    }

    @Test
    void anInterruptLeavesTheBestSoFarAndAKillIsGoneOnFrom() throws IOException, InterruptedException {
        JarCommands jar = new JarCommands(folder);
        Process killed = start(jar);
        killed.destroyForcibly();
        assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();
        long kept = models();
        assertThat(kept).isGreaterThanOrEqualTo(SOME);
        assertThat(folder.resolve("runs/2026-01-02/train")).doesNotExist();

        Process interrupted = start(jar);
        assertThat(models()).isGreaterThan(kept);
        signal(interrupted, "INT");
        JarCommands.Ended ended = jar.ended(interrupted);
        assertThat(ended.code()).as(ended.words()).isZero();
        assertThat(ended.words()).contains("ending with the best model so far");
        JsonNode board = JSON.readTree(
                folder.resolve("runs/2026-01-02/train/leaderboard.json").toFile());
        assertThat(board.get("entries"))
                .anyMatch(entry -> entry.get("name").asText().equals("linear"));
        assertThat(checkpoints()).doesNotExist();
        assertThat(jar.run(Map.of(), "predict", "credit.csv", "--model", "runs/2026-01-02/train/bundle")
                        .code())
                .isZero();
    }

    @Test
    void aRequestToEndDoesWithoutAModelUnlessTheBestIsWanted() throws IOException, InterruptedException {
        JarCommands jar = new JarCommands(folder);
        Process ended = start(jar);
        ended.destroy();
        assertThat(ended.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("runs/2026-01-02/train")).doesNotExist();

        Process wanted = start(jar, "--keep-best");
        wanted.destroy();
        JarCommands.Ended kept = jar.ended(wanted);
        assertThat(kept.code()).as(kept.words()).isZero();
        assertThat(folder.resolve("runs/2026-01-02/train/bundle")).exists();
    }

    /** A search that has found something. */
    private Process start(JarCommands jar, String... further) throws IOException, InterruptedException {
        long before = models();
        String[] arguments = Stream.of(TRAIN, further).flatMap(Stream::of).toArray(String[]::new);
        Process process = jar.start(List.of(), Map.of(), arguments);
        waitForModels(process, before + SOME);
        return process;
    }

    private void waitForModels(Process process, long count) throws IOException, InterruptedException {
        while (models() < count) {
            assertThat(process.isAlive()).as(new JarCommands(folder).words()).isTrue();
            Thread.sleep(20);
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private Path checkpoints() throws IOException {
        Path all = folder.resolve(".mlops/checkpoints");
        if (Files.exists(all)) {
            try (Stream<Path> searches = Files.list(all)) {
                return searches.findFirst().orElse(all.resolve("none"));
            }
        }
        return all;
    }

    private long models() {
        return children(folder.resolve(".mlops/checkpoints").toFile())
                .flatMap(AutomlIT::children)
                .flatMap(AutomlIT::children)
                .filter(fold -> fold.getName().matches("[0-9]+-of-[0-9]+"))
                .count();
    }

    private static Stream<File> children(File folder) {
        File[] files = folder.listFiles();
        return files == null ? Stream.empty() : Stream.of(files);
    }
}
