package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds the runs of one date apart; the operating system frees it when the process dies, however it dies. */
public final class RunLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a run's date.
     *
     * @param timeout how long to wait for another process
     * @throws PipelineException of kind TEMPORARY where the other still holds it then
     */
    public static RunLock take(Run run, Duration timeout) {
        Path file = run.hidden().resolve("locks").resolve(run.date() + ".lock");
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            Files.createDirectories(file.getParent());
            while (true) {
                FileChannel channel = tryOpen(file);
                if (channel != null) {
                    return new RunLock(file, channel);
                }
                if (System.nanoTime() >= deadline) {
                    throw PipelineException.temporary("another run of " + run.date() + " is at work ("
                            + Files.readString(file).strip() + "); waited " + timeout.toSeconds()
                            + " s; try again later, or wait longer with --lock-timeout");
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PipelineException.temporary("interrupted while waiting for the lock of " + run.date());
        }
    }

    private static @Nullable FileChannel tryOpen(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            // The holder before deletes the file on release: a lock on a file that is gone protects nothing.
            if (lock != null && Files.exists(file) && sameFile(file, channel)) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by another thread of this process.
        }
        channel.close();
        return null;
    }

    /** Writes who holds the lock through the channel and checks that it shows under the path. */
    private static boolean sameFile(Path file, FileChannel channel) throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + ", lock " + System.nanoTime();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return Files.exists(file) && Files.readString(file).equals(holder);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
