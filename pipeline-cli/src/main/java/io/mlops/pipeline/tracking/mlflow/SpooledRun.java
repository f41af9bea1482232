package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.files.LineFile;
import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.RunUpdate.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one pipeline run that wait for the server: lines in order, and links to the files that they name, so that
 * a later run of the same date does not take them away.
 */
final class SpooledRun {
    private static final String EVENTS = "events.jsonl";
    private static final String PROGRESS = "progress.json";
    private static final String FILES = "files";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    SpooledRun(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Puts news of a run on the disk; the caller holds the spool's lock. */
    void append(String experiment, RunUpdate update) throws IOException {
        String files = update.artifacts().isEmpty() ? null : newFiles();
        List<Artifact> kept = new ArrayList<>();
        if (files != null) {
            for (Artifact artifact : update.artifacts()) {
                Path copy = files(files).resolve(Integer.toString(kept.size()));
                Folders.link(artifact.file(), copy);
                kept.add(new Artifact(artifact.path(), copy.getFileName()));
            }
        }
        append(new SpoolEvent(
                experiment,
                files,
                new RunUpdate(
                        update.key(),
                        update.parent(),
                        update.name(),
                        update.status(),
                        update.started(),
                        update.ended(),
                        update.parameters(),
                        update.metrics(),
                        update.tags(),
                        update.datasets(),
                        kept),
                null));
    }

    /** Puts a bundle on the disk; the caller holds the spool's lock. */
    void append(String experiment, Path bundle, SpoolEvent.ModelEvent model) throws IOException {
        String files = newFiles();
        Folders.copy(bundle, files(files));
        append(new SpoolEvent(experiment, files, null, model));
    }

    private void append(SpoolEvent event) throws IOException {
        Files.createDirectories(folder);
        new LineFile(folder.resolve(EVENTS)).append(JSON.writeValueAsString(event));
    }

    private String newFiles() throws IOException {
        String name = UUID.randomUUID().toString();
        Files.createDirectories(files(name));
        return name;
    }

    Path files(@Nullable String name) {
        return folder.resolve(FILES).resolve(String.valueOf(name));
    }

    List<SpoolEvent> events() {
        List<SpoolEvent> events = new ArrayList<>();
        Path file = folder.resolve(EVENTS);
        try {
            for (String line : new LineFile(file).read()) {
                events.add(JSON.readValue(line, SpoolEvent.class));
            }
        } catch (JsonProcessingException e) {
            throw PipelineException.data(file + ", line " + (events.size() + 1)
                    + " is damaged; what follows it cannot be sent: correct the line, or move the folder away");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    /** When the run of the first entry began; milliseconds since 1970. */
    long begun() {
        List<SpoolEvent> events = events();
        RunUpdate first = events.isEmpty() ? null : events.get(0).update();
        return first == null ? Long.MAX_VALUE : first.started();
    }

    Progress progress() {
        try {
            return JSON.readValue(Files.readString(folder.resolve(PROGRESS)), Progress.class);
        } catch (IOException e) {
            return Progress.none();
        }
    }

    void save(Progress progress) {
        Path temporary = folder.resolve(PROGRESS + ".new");
        try {
            Files.writeString(temporary, JSON.writeValueAsString(progress));
            Files.move(
                    temporary,
                    folder.resolve(PROGRESS),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all of it; the caller holds the spool's lock. The lines go first, so that no half of it is ever sent. */
    void remove() throws IOException {
        Files.deleteIfExists(folder.resolve(EVENTS));
        Folders.delete(folder);
    }
}
