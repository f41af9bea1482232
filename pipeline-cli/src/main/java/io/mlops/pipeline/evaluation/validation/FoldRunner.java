package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.Workers;
import io.mlops.pipeline.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on several folds at a time; the results do not depend on how many. */
public final class FoldRunner {
    private FoldRunner() {}

    /** What is done with one fold. */
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param threads how many threads the fold may use
         */
        T on(Fold fold, int threads);
    }

    /**
     * The result of each fold, in the order of the folds. Workers with one thread each are faster than one worker with all
     * threads, so the threads are divided among as many workers as there may be.
     *
     * @param workers the most folds at a time, for the sake of memory
     */
    public static <T> List<T> run(List<Fold> folds, int threads, int workers, Work<T> work, Progress progress) {
        int atATime = Math.max(1, Math.min(Math.min(threads, workers), folds.size()));
        int each = Math.max(1, threads / atATime);
        ExecutorService pool = Executors.newFixedThreadPool(atATime, task -> {
            Thread thread = new Thread(task, "fold");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Fold fold : folds) {
                running.add(pool.submit(() -> {
                    T result = work.on(fold, each);
                    progress.advance(1);
                    return result;
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return List.copyOf(results);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("cross-validation was interrupted");
        } catch (ExecutionException e) {
            throw Workers.failure(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
