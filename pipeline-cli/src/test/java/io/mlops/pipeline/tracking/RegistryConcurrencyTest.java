package io.mlops.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryConcurrencyTest {
    @TempDir
    private Path models;

    @TempDir
    private Path work;

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String writer = "thread" + thread;
            running.add(executor.submit(() -> {
                RegistryWriter.write(models, work, writer, 5);
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        executor.shutdown();
        assertSound(40);
    }

    @Test
    void processesDoNotDisturbEachOther() throws Exception {
        List<Process> processes = List.of(start("a", 12), start("b", 12));
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertSound(24);
    }

    @Test
    void aKilledWriterLeavesNothingHalfRegistered() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 4; round++) {
            Process process = start("round" + round, 100_000);
            Path history = models.resolve("credit/history.jsonl");
            long before = Files.exists(history) ? Files.size(history) : 0;
            while (!Files.exists(history) || Files.size(history) == before) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(60));
            process.destroyForcibly().waitFor();
            RegistryWriter.write(models, work, "after" + round, 1);
            assertSound(new LocalModelRegistry(models, "credit").versions().size());
        }
    }

    private Process start(String writer, int versions) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryWriter.class.getName(),
                        models.toString(),
                        work.toString(),
                        writer,
                        Integer.toString(versions))
                .inheritIO()
                .start();
    }

    /** Every version is there, whole and in order; every promotion starts from the champion before. */
    private void assertSound(int versions) throws IOException {
        LocalModelRegistry registry = new LocalModelRegistry(models, "credit");
        assertThat(registry.versions())
                .extracting(ModelVersion::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, versions).boxed().toList());
        for (ModelVersion version : registry.versions()) {
            assertThat(Bundle.verify(registry.folder(version.number()))).isEqualTo(version.digest());
        }
        Integer champion = null;
        for (HistoryEntry entry : registry.history()) {
            if (entry.action() == Action.PROMOTED) {
                assertThat(entry.from()).isEqualTo(champion);
                champion = entry.version();
            }
        }
        try (var entries = Files.list(models.resolve("credit"))) {
            assertThat(entries).hasSize(versions + 2);
        }
    }
}
