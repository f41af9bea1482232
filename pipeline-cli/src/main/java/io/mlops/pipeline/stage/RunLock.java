package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds the runs of one date apart; the operating system frees it when the process dies, however it dies. */
public final class RunLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * What this process holds. The operating system frees a process's locks on a file as soon as the process closes any of
     * its channels on that file, so a file held here must not be opened here again.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
        Path file = file(run);
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
                            + holder(file) + "); waited " + timeout.toSeconds()
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

    /** Takes the lock of a run's date where nobody holds it. */
    static Optional<RunLock> tryTake(Run run) {
        Path file = file(run);
        try {
            Files.createDirectories(file.getParent());
            return Optional.ofNullable(tryOpen(file)).map(channel -> new RunLock(file, channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Run run) {
        return run.hidden()
                .resolve("locks")
                .resolve(run.date() + ".lock")
                .toAbsolutePath()
                .normalize();
    }

    /** Who holds the lock; never read by the holder's own process, which would free it. */
    private static String holder(Path file) throws IOException {
        try {
            return HELD.contains(file)
                    ? "process " + ProcessHandle.current().pid()
                    : Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "just ended";
        }
    }

    private static @Nullable FileChannel tryOpen(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        FileChannel channel = null;
        boolean held = false;
        try {
            if (!Files.exists(file)) {
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
            }
            Object before = identity(file);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // The holder before deletes the file on release: a lock on a file that is gone protects nothing.
            held = channel.tryLock() != null && before != null && before.equals(identity(file));
            if (held) {
                String holder = "process " + ProcessHandle.current().pid();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            }
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
        return held ? channel : null;
    }

    /** What tells one file from another of the same name, without opening it. */
    private static @Nullable Object identity(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(file);
        }
    }
}
