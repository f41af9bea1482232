package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Fits candidates on all folds, in their order, several folds at a time with one thread each. What it gives does not depend
 * on how many run at a time, unless a clock decides.
 */
final class Search {
    private final FoldData data;
    private final List<Entry> entries = new ArrayList<>();
    private final Deadline deadline;
    private final int workers;
    private final Progress progress;
    private final double seconds;

    /** A candidate on its way. */
    private static final class Entry {
        private final Candidate<?> candidate;
        private final @Nullable FoldModel[] models;
        private int begun;
        private @Nullable String skipped;

        Entry(Candidate<?> candidate, int folds) {
            this.candidate = candidate;
            this.models = new FoldModel[folds];
        }

        boolean complete() {
            return skipped == null && Arrays.stream(models).allMatch(Objects::nonNull);
        }
    }

    private record Work(Entry entry, int fold) {}

    /** A candidate that was left out, and why. */
    record Skipped(Candidate<?> candidate, String reason) {}

    /** What came of a search. */
    record Result(List<Contender> contenders, List<Skipped> skipped) {}

    Search(FoldData data, List<Candidate<?>> candidates, Deadline deadline, int workers, Progress progress) {
        this.data = data;
        this.deadline = deadline;
        this.workers = workers;
        this.progress = progress;
        this.seconds = deadline.isLimited() ? deadline.left().toNanos() / 1e9 : Double.POSITIVE_INFINITY;
        candidates.forEach(each -> entries.add(new Entry(each, data.folds().size())));
    }

    /** Works until all candidates are done or the time is. */
    Result run() {
        ExecutorService pool = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "automl");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(this::work));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the search was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return result();
    }

    private synchronized Result result() {
        List<Contender> contenders = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.complete()) {
                contenders.add(Contender.of(entry.candidate, List.of(entry.models)));
            } else {
                skipped.add(new Skipped(entry.candidate, entry.skipped == null ? "no time was left" : entry.skipped));
            }
        }
        return new Result(contenders, skipped);
    }

    private void work() {
        for (Work next = next(); next != null; next = next()) {
            try {
                FoldModel model = fit(next);
                synchronized (this) {
                    next.entry.models[next.fold] = model;
                }
            } catch (PipelineException e) {
                // This family cannot hold or learn these rows; others can.
                synchronized (this) {
                    next.entry.skipped = e.message();
                }
            }
            progress.advance(1);
        }
    }

    private FoldModel fit(Work work) {
        Candidate<?> candidate = work.entry.candidate;
        FoldData.Sets sets = data.of(candidate, work.fold);
        Deadline own = deadline;
        if (deadline.isLimited()) {
            double share = candidate.share() * seconds * workers / data.folds().size();
            own = deadline.atMost(Duration.ofNanos((long) (share * 1e9)));
        }
        long start = System.nanoTime();
        TrainedModel model = candidate.fit(sets, new FitContext(data.seed(work.fold), 1, own));
        boolean cut = own.passed();
        long fitted = System.nanoTime();
        double[] outputs = model.predict(sets.heldOut().features());
        long predicted = System.nanoTime();
        return new FoldModel(
                model,
                sets.preprocessor(),
                outputs,
                (fitted - start) / 1e9,
                (predicted - fitted) / 1e3 / Math.max(1, sets.heldOut().rows()),
                cut);
    }

    /** The next fold to work on; null where there is nothing left, or no time. */
    private synchronized @Nullable Work next() {
        boolean some = entries.stream().anyMatch(Entry::complete);
        if (deadline.passed() && some) {
            return null;
        }
        for (Entry entry : entries) {
            if (entry.skipped == null && entry.begun < entry.models.length) {
                entry.skipped = reasonToSkip(entry, some);
                if (entry.skipped == null) {
                    return new Work(entry, entry.begun++);
                }
            }
        }
        return null;
    }

    private @Nullable String reasonToSkip(Entry entry, boolean some) {
        int rows = data.folds().get(0).training().length;
        if (rows > entry.candidate.mostRows()) {
            return String.format("too slow for %,d rows", rows);
        }
        FoldModel first = entry.models[0];
        if (some && first != null && deadline.isLimited()) {
            int rounds = (entry.models.length - entry.begun + workers - 1) / workers;
            double needed = first.seconds() * rounds;
            double left = deadline.left().toNanos() / 1e9;
            if (needed > left) {
                return String.format("would have taken %.1f s more, and %.1f s were left", needed, left);
            }
        }
        return null;
    }
}
