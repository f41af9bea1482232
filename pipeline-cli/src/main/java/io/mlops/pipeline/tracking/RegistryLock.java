package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to write to a model's folder, held by one thread of one process at a time; the operating system frees it when
 * the process dies. The file stays, so that all who wait are waiting for the same one.
 */
final class RegistryLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /**
     * Holds the threads of this process apart: closing a second channel to a file would release the lock of the first.
     */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private RegistryLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder.
     *
     * @throws PipelineException of kind TEMPORARY where another holds it for too long
     */
    static RegistryLock take(Path directory, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Path folder = directory.toRealPath();
        ReentrantLock threads = THREADS.computeIfAbsent(folder, key -> new ReentrantLock());
        try {
            if (!threads.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(folder, timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(folder);
        }
        try {
            return new RegistryLock(threads, channel(folder, deadline, timeout));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileChannel channel(Path folder, long deadline, Duration timeout) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (channel.tryLock() == null) {
                if (System.nanoTime() >= deadline) {
                    throw busy(folder, timeout);
                }
                Thread.sleep(PAUSE.toMillis());
            }
            return channel;
        } catch (InterruptedException e) {
            channel.close();
            throw interrupted(folder);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static PipelineException busy(Path folder, Duration timeout) {
        return PipelineException.temporary(
                "another process is writing to " + folder + "; waited " + timeout.toSeconds() + " s; try again later");
    }

    private static PipelineException interrupted(Path folder) {
        Thread.currentThread().interrupt();
        return PipelineException.temporary("interrupted while waiting to write to " + folder);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }
}
