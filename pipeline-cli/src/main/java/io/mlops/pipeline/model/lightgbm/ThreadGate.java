package io.mlops.pipeline.model.lightgbm;

import java.util.concurrent.CancellationException;

/**
 * Lets fits run side by side that use equally many threads, and others wait.
 *
 * <p>LightGBM keeps the number of threads in one place for the whole process, and memory that one fit laid out for a few
 * would be overrun where another asks for more.
 */
final class ThreadGate implements AutoCloseable {
    private static final Object LOCK = new Object();
    private static int inside;
    private static int threadsInside;

    private ThreadGate() {}

    static ThreadGate enter(int threads) {
        synchronized (LOCK) {
            try {
                while (inside > 0 && threadsInside != threads) {
                    LOCK.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("training was interrupted");
            }
            threadsInside = threads;
            inside++;
        }
        return new ThreadGate();
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            inside--;
            LOCK.notifyAll();
        }
    }
}
