package io.mlops.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the run of a date stands, in {@code run.json}; shared by the stages of that date, also where each is a process of
 * its own.
 *
 * @param message why it ended so, where it did not finish
 */
public record RunState(
        String runId,
        String date,
        Status status,
        @Nullable String stage,
        String updated,
        @Nullable String message) {
    static final String FILE = "run.json";

    /** A file that lacks any of it is damaged. */
    public RunState {
        Objects.requireNonNull(runId);
        Objects.requireNonNull(date);
        Objects.requireNonNull(status);
        Objects.requireNonNull(updated);
    }

    /** How a run stands. */
    public enum Status {
        RUNNING,
        FINISHED,
        FAILED,
        /** Ended by a signal, or found dead. */
        KILLED
    }

    /** Where this date's temporary folders live; whatever is in there when the lock is free is a dead run's. */
    static Path temporary(Run run) {
        return run.hidden().resolve("tmp").resolve(run.date().toString());
    }

    /** Begins or goes on with the run of a date, and removes what a dead one left. The caller holds the lock. */
    public static RunState begin(Run run, boolean fresh) {
        Folders.delete(temporary(run));
        Optional<RunState> before = read(run);
        String runId = fresh || before.isEmpty()
                ? run.date() + "-" + UUID.randomUUID().toString().substring(0, 8)
                : before.get().runId();
        return new RunState(
                runId,
                run.date().toString(),
                Status.RUNNING,
                null,
                Instant.now().toString(),
                null);
    }

    static Optional<RunState> read(Run run) {
        try {
            return Optional.of(Json.read(run.folder().resolve(FILE), RunState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public RunState with(Status newStatus, @Nullable String newStage, @Nullable String newMessage) {
        return new RunState(runId, date, newStatus, newStage, Instant.now().toString(), newMessage);
    }

    /** Writes the state so that a reader sees the old one or the new one. */
    public void write(Run run) {
        Path file = run.folder().resolve(FILE);
        Path temporary = temporary(run).resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            Files.createDirectories(temporary.getParent());
            Json.write(temporary, this);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes this date's temporary files. */
    public static void abandon(Run run) {
        Folders.delete(temporary(run));
    }

    /** Removes this date's temporary files and points {@code runs/latest} here. */
    public static void finish(Run run) {
        abandon(run);
        Path link = run.hidden().resolve("tmp").resolve("latest-" + run.date());
        try {
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(run.date().toString()));
            Files.move(
                    link,
                    run.runs().resolve("latest"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (UnsupportedOperationException | NoSuchFileException e) {
            // A file system without links: the dates sort, so the newest is still easy to find.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
