package io.mlops.pipeline.tracking;

import static io.mlops.pipeline.tracking.ModelRegistryContract.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelRegistryTest implements ModelRegistryContract {
    @TempDir
    private Path models;

    @Override
    public ModelRegistry registry() {
        return new LocalModelRegistry(models, "credit");
    }

    @Test
    void laysBundlesOutByVersion(@TempDir Path work) throws IOException {
        registry().register(SmallBundle.write(work, "a"), on("2026-01-01"));
        assertThat(models.resolve("credit/1/bundle.json")).exists();
        assertThat(models.resolve("credit/1/.registering")).doesNotExist();
        assertThat(Files.readString(models.resolve("credit/history.jsonl")))
                .startsWith("{\"at\":\"")
                .contains(
                        "\"action\":\"registered\",\"version\":1,\"alias\":\"challenger\"",
                        "\"run_date\":\"2026-01-01\"")
                .endsWith("\"verdict\":\"better\",\"metrics\":{\"auc\":0.8}}\n");
    }

    @Test
    void clearsAwayWhatAKilledProcessLeft(@TempDir Path work) throws IOException {
        registry().register(SmallBundle.write(work, "a"), on("2026-01-01"));
        Path half = Files.createDirectories(models.resolve("credit/.incoming/model"));
        Files.writeString(half.resolve("weights.json"), "half");
        Path unregistered = Files.createDirectories(models.resolve("credit/2"));
        Files.writeString(unregistered.resolve(".registering"), "");
        Files.writeString(models.resolve("credit/1/.registering"), "");
        Files.writeString(models.resolve("credit/history.jsonl"), "{\"at\":\"20", StandardOpenOption.APPEND);
        assertThat(registry().versions()).hasSize(1);
        assertThat(registry()
                        .register(SmallBundle.write(work, "b"), on("2026-01-02"))
                        .number())
                .isEqualTo(2);
        assertThat(registry().versions()).hasSize(2);
        assertThat(registry().folder(2).resolve("model/weights.json")).hasContent("b");
        assertThat(names()).containsExactly(".lock", "1", "2", "history.jsonl");
        assertThat(models.resolve("credit/1/.registering")).doesNotExist();
    }

    @Test
    void neverDeletesAFinishedBundleEvenIfTheHistoryIsLost(@TempDir Path work) throws IOException {
        registry().register(SmallBundle.write(work, "a"), on("2026-01-01"));
        Files.delete(models.resolve("credit/history.jsonl"));
        assertThat(registry()
                        .register(SmallBundle.write(work, "b"), on("2026-01-02"))
                        .number())
                .isEqualTo(2);
        assertThat(models.resolve("credit/1/model/weights.json")).hasContent("a");
    }

    @Test
    void saysWhereAHistoryIsBroken(@TempDir Path work) throws IOException {
        registry().register(SmallBundle.write(work, "a"), on("2026-01-01"));
        Files.writeString(models.resolve("credit/history.jsonl"), "oops\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> registry().versions())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("history.jsonl, line 2");
    }

    @Test
    void saysThatABundleIsGone(@TempDir Path work) throws IOException {
        registry().register(SmallBundle.write(work, "a"), on("2026-01-01"));
        Folders.delete(models.resolve("credit/1"));
        assertThatThrownBy(() -> registry().folder(1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void refusesNamesThatLeadElsewhere() {
        for (String name : List.of("", "..", "../x", "a/b", "a\\b", ".hidden", "a b", "ä", "x".repeat(101))) {
            assertThatThrownBy(() -> new LocalModelRegistry(models, name))
                    .as(name)
                    .isInstanceOf(PipelineException.class);
        }
    }

    @Test
    void refusesLinksInABundle(@TempDir Path work) throws IOException {
        Path bundle = SmallBundle.write(work, "a");
        Files.createSymbolicLink(bundle.resolve("secret"), work.resolve("elsewhere"));
        assertThatThrownBy(() -> registry().register(bundle, on("2026-01-01")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("link");
        assertThat(models.resolve("credit")).doesNotExist();
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(models.resolve("credit"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
