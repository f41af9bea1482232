package io.mlops.pipeline.stage;

import io.mlops.pipeline.files.Folders;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Runs that say they are at work although nobody holds their lock: their process died without a word. */
public final class DeadRuns {
    private DeadRuns() {}

    /** Marks them KILLED, on this machine and in the record. */
    public static void mark(Run any) {
        for (Path folder : Folders.list(any.runs())) {
            date(folder)
                    .map(date -> new Run(any.home(), any.config(), date, any.progress(), any.tracking()))
                    .filter(DeadRuns::isRunning)
                    .ifPresent(run -> RunLock.tryTake(run).ifPresent(lock -> {
                        try (lock) {
                            markHeld(run);
                        }
                    }));
        }
    }

    private static Optional<LocalDate> date(Path folder) {
        try {
            return Optional.of(LocalDate.parse(folder.getFileName().toString()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isRunning(Run run) {
        return RunState.read(run)
                .filter(state -> state.status() == RunState.Status.RUNNING)
                .isPresent();
    }

    /** Marks the run of a date; the caller holds its lock. */
    public static void markHeld(Run run) {
        RunState.read(run)
                .filter(state -> state.status() == RunState.Status.RUNNING)
                .map(state -> state.with(RunState.Status.KILLED, "found dead: its process ended without a word"))
                .ifPresent(state -> {
                    state.write(run);
                    new RunRecord(run).ended(state);
                });
    }
}
