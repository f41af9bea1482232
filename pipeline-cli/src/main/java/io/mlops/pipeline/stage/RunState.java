package io.mlops.pipeline.stage;

import io.mlops.pipeline.files.Folders;
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
 * @param origin what names the run to the scheduler that started it
 * @param begun when the run began
 * @param attempt tells one execution of the stage from another
 * @param entered when the stage began
 */
public record RunState(
        String runId,
        String date,
        Status status,
        @Nullable String stage,
        String updated,
        @Nullable String message,
        @Nullable String origin,
        @Nullable String begun,
        @Nullable String attempt,
        @Nullable String entered) {
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

    /**
     * Begins or goes on with the run of a date, and removes what a dead one left. The caller holds the lock.
     *
     * @param fresh whether what is done is a run of its own; a scheduler's tasks of one run belong together all the same
     * @param origin what names the run to the scheduler; null for a person
     */
    public static RunState begin(Run run, boolean fresh, @Nullable String origin) {
        Folders.delete(temporary(run));
        Optional<RunState> before = read(run).filter(each -> each.continues(fresh, origin));
        String now = Instant.now().toString();
        return new RunState(
                before.map(RunState::runId)
                        .orElseGet(() ->
                                run.date() + "-" + UUID.randomUUID().toString().substring(0, 8)),
                run.date().toString(),
                Status.RUNNING,
                null,
                now,
                null,
                origin,
                before.map(RunState::begun).orElse(now),
                null,
                null);
    }

    private boolean continues(boolean fresh, @Nullable String newOrigin) {
        return newOrigin == null ? !fresh : newOrigin.equals(origin);
    }

    static Optional<RunState> read(Run run) {
        try {
            return Optional.of(Json.read(run.folder().resolve(FILE), RunState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same run in another state. */
    public RunState with(Status newStatus, @Nullable String newMessage) {
        return new RunState(
                runId, date, newStatus, stage, Instant.now().toString(), newMessage, origin, begun, attempt, entered);
    }

    /** The same run at work on a stage. */
    public RunState entering(String newStage) {
        String now = Instant.now().toString();
        return new RunState(
                runId,
                date,
                Status.RUNNING,
                newStage,
                now,
                null,
                origin,
                begun,
                UUID.randomUUID().toString().substring(0, 8),
                now);
    }

    /** The same run between stages. */
    public RunState left() {
        return new RunState(runId, date, status, stage, updated, message, origin, begun, null, null);
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
