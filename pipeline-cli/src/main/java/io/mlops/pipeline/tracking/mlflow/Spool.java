package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that waits for the server: a folder for each pipeline run. */
final class Spool {
    private static final String WRITING = ".writing";
    private static final String SENDING = ".sending";
    private static final String REFUSED = ".refused";

    /** The operating system's locks hold processes apart, not threads. */
    private static final Object THREADS = new Object();

    private final Path folder;

    Spool(Path folder) {
        this.folder = folder;
    }

    /** A change of the spool. */
    interface Change {
        void make(SpooledRun run) throws IOException;
    }

    /** Changes what waits of one pipeline run, alone. */
    void change(String runKey, Change change) {
        synchronized (THREADS) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = open(WRITING);
                        FileLock lock = channel.lock()) {
                    change.make(run(runKey));
                }
            } catch (IOException | UncheckedIOException e) {
                throw unwritable(e);
            }
        }
    }

    private PipelineException unwritable(Exception cause) {
        return new PipelineException(
                PipelineException.Kind.TEMPORARY,
                "the record cannot be kept in " + folder + ": " + cause + "; mend the disk and run it again",
                cause);
    }

    SpooledRun run(String runKey) {
        return new SpooledRun(folder.resolve(runKey));
    }

    /** What waits, the oldest first. */
    List<SpooledRun> waiting() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .filter(each -> !each.getFileName().toString().startsWith("."))
                    .map(SpooledRun::new)
                    .sorted(Comparator.comparing(SpooledRun::begun).thenComparing(SpooledRun::folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what the server would not take where nobody sends it again; the caller changes the spool. */
    void setAside(SpooledRun run) throws IOException {
        Path aside = folder.resolve(REFUSED).resolve(run.folder().getFileName() + "-" + System.currentTimeMillis());
        Files.createDirectories(aside.getParent());
        Files.move(run.folder(), aside, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The right to send; none where another process is sending. */
    Optional<Sending> trySending() {
        try {
            Files.createDirectories(folder);
            FileChannel channel = open(SENDING);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Sending(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The right to send, until it is closed. */
    record Sending(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
