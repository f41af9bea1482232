package io.mlops.pipeline.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a producer on a thread of its own, a few items ahead of the consumer on the calling thread.
 *
 * @param <T> what is produced
 */
public final class ReadAhead<T> {
    private static final int AHEAD = 2;

    /** What the producer puts last: why it ended early, if it did. */
    private record End(@Nullable Throwable failure) {}

    private final Consumer<Consumer<T>> producer;
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);

    public ReadAhead(Consumer<Consumer<T>> producer) {
        this.producer = producer;
    }

    /** Hands every item over, in order; what the producer throws is thrown here. */
    public void forEach(Consumer<T> consumer) {
        Thread thread = new Thread(this::produce, "read-ahead");
        thread.setDaemon(true);
        thread.start();
        try {
            consume(consumer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading was interrupted");
        } finally {
            thread.interrupt();
            join(thread);
        }
    }

    private void consume(Consumer<T> consumer) throws InterruptedException {
        while (true) {
            Object item = queue.take();
            if (item instanceof End end) {
                rethrow(end.failure());
                return;
            }
            @SuppressWarnings("unchecked")
            T produced = (T) item;
            consumer.accept(produced);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void produce() {
        try {
            Throwable failure = null;
            try {
                producer.accept(this::put);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            queue.put(new End(failure));
        } catch (InterruptedException e) {
            // The consumer has gone: nobody reads the end.
        }
    }

    private void put(T item) {
        try {
            queue.put(item);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody reads on");
        }
    }

    /** Waits until the producer has let go of its files. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
