package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.RunUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    private static RunUpdate.Builder update(String key, String at) {
        return RunUpdate.builder(key, null, "name", Instant.parse(at));
    }

    private Spool spool() {
        return new Spool(folder.resolve("spool"));
    }

    @Test
    void keepsEntriesInOrderAndRunsByTheirBeginning() {
        Spool spool = spool();
        RunUpdate later =
                update("b", "2026-01-03T00:00:00Z").parameter("a", "1").running();
        RunUpdate earlier = update("c", "2026-01-02T00:00:00Z").running();
        spool.change("b", run -> run.append("x", later));
        spool.change(
                "b",
                run -> run.append(
                        "x", update("b", "2026-01-03T00:00:00Z").tag("t", "ü\n").running()));
        spool.change("c", run -> run.append("x", earlier));
        assertThat(spool.waiting())
                .extracting(run -> run.folder().getFileName().toString())
                .containsExactly("c", "b");
        assertThat(spool.run("b").events())
                .extracting(SpoolEvent::update)
                .first()
                .isEqualTo(later);
        assertThat(spool.run("b").events()).hasSize(2).last().satisfies(event -> assertThat(
                        event.update().tags())
                .containsEntry("t", "ü\n"));
    }

    @Test
    void aFileStaysAsItWasWhenItsPlaceIsTakenByAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "old");
        Spool spool = spool();
        spool.change(
                "a",
                run -> run.append(
                        "x",
                        update("a", "2026-01-02T00:00:00Z")
                                .artifact("report.html", file)
                                .running()));
        Path other = Files.writeString(folder.resolve("other"), "new");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        SpoolEvent event = spool.run("a").events().get(0);
        String name = event.update().artifacts().get(0).file().getFileName().toString();
        assertThat(spool.run("a").files(event.files()).resolve(name)).hasContent("old");
    }

    @Test
    void anEntryThatWasCutOffNeverHappened() throws IOException {
        Spool spool = spool();
        spool.change(
                "a", run -> run.append("x", update("a", "2026-01-02T00:00:00Z").running()));
        Files.writeString(
                spool.run("a").folder().resolve("events.jsonl"), "{\"experiment\": \"x", StandardOpenOption.APPEND);
        assertThat(spool.run("a").events()).hasSize(1);
        spool.change(
                "a", run -> run.append("x", update("a", "2026-01-02T00:00:00Z").running()));
        assertThat(spool.run("a").events()).hasSize(2);
    }

    @Test
    void aDiskThatTakesNothingIsATemporaryFailure() throws IOException {
        Files.writeString(folder.resolve("spool"), "a file where the folder belongs");
        assertThatThrownBy(() -> spool().change("a", run -> {}))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.TEMPORARY))
                .hasMessageContaining("the record cannot be kept in");
    }

    @Test
    void oneProcessSendsAtATime() {
        Spool spool = spool();
        try (Spool.Sending sending = spool.trySending().orElseThrow()) {
            assertThat(sending.channel().isOpen()).isTrue();
        }
        assertThat(spool.trySending()).isPresent();
    }
}
