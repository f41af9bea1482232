package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fits candidates on all folds, in their order, several folds at a time with one thread each. After each candidate the
 * ensemble is put together anew, so that there is a result at any time. A candidate that gives the ensemble nothing on its
 * first fold is not fitted on the others.
 *
 * <p>Without a clock a candidate begins after the one before it has ended, and the result does not depend on how many
 * threads there are.
 */
final class Search {
    /** A fit that does not end at the deadline is left behind this soon. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final FoldData data;
    private final SelectionLoss loss;
    private final Race race;
    private final List<Entry> entries = new ArrayList<>();
    private final Deadline deadline;
    private final int workers;
    private final Progress progress;
    private final Checkpoints checkpoints;
    private final Budget budget;
    private final double seconds;
    private @Nullable Ensemble ensemble;

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

        /** Whether nothing of it is under way or still to come. */
        boolean ended() {
            return skipped != null ? underWay() == 0 : complete();
        }

        int underWay() {
            return begun - (int) Arrays.stream(models).filter(Objects::nonNull).count();
        }
    }

    private record Work(Entry entry, int fold) {}

    /** A candidate that was left out, and why. */
    record Skipped(Candidate<?> candidate, String reason) {}

    /**
     * What came of a search.
     *
     * @param ensemble of the contenders
     */
    record Result(List<Contender> contenders, List<Skipped> skipped, Ensemble ensemble) {}

    Search(
            FoldData data,
            Metric metric,
            List<Candidate<?>> candidates,
            Deadline deadline,
            int workers,
            Checkpoints checkpoints,
            Budget budget,
            Progress progress) {
        this.data = data;
        this.loss = new SelectionLoss(metric, data.target(), data.truth());
        this.race = new Race(new SelectionLoss(metric, data.target(), data.truth(0)));
        this.deadline = deadline;
        this.workers = workers;
        this.checkpoints = checkpoints;
        this.budget = budget;
        this.progress = progress;
        this.seconds = deadline.isLimited() ? deadline.left().toNanos() / 1e9 : Double.POSITIVE_INFINITY;
        candidates.forEach(each -> entries.add(new Entry(each, data.folds().size())));
    }

    /**
     * Works until all candidates are done or the time is.
     *
     * @throws PipelineException where no candidate could be fitted
     */
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
                await(future);
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

    /** Waits for a worker; after the deadline no longer than a moment, once there is a result without it. */
    private void await(Future<?> worker) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                worker.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (deadline.passed() && hasResult()) {
                    return;
                }
            }
        }
    }

    private synchronized boolean hasResult() {
        return ensemble != null;
    }

    private synchronized Result result() {
        List<Skipped> skipped = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.complete()) {
                skipped.add(new Skipped(entry.candidate, entry.skipped == null ? "no time was left" : entry.skipped));
            }
        }
        if (ensemble == null) {
            throw PipelineException.usage("automl could fit no model: "
                    + skipped.get(0).candidate().name() + ": " + skipped.get(0).reason());
        }
        return new Result(ensemble.contenders(), skipped, ensemble);
    }

    private void work() {
        try {
            for (Work next = next(); next != null; next = next()) {
                try {
                    done(next, model(next));
                } catch (PipelineException e) {
                    // This family cannot hold or learn these rows; others can.
                    failed(next, e.message());
                } catch (OutOfMemoryError e) {
                    failed(next, "the memory did not suffice; give Java more (-Xmx) or lower threads");
                }
                progress.advance(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void done(Work work, FoldModel model) {
        work.entry.models[work.fold] = model;
        if (work.entry.complete()) {
            ensemble = Ensemble.select(
                    entries.stream()
                            .filter(Entry::complete)
                            .map(entry -> Contender.of(entry.candidate, List.of(entry.models)))
                            .toList(),
                    loss);
        }
        notifyAll();
    }

    private synchronized void failed(Work work, String reason) {
        work.entry.skipped = reason;
        work.entry.begun = work.entry.begun - 1;
        notifyAll();
    }

    private FoldModel model(Work work) {
        Candidate<?> candidate = work.entry.candidate;
        Optional<FoldModel> earlier =
                checkpoints.find(candidate, work.fold, data.folds().size());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        FoldModel model = fit(candidate, work.fold);
        if (!Thread.currentThread().isInterrupted()) {
            checkpoints.keep(candidate, work.fold, data.folds().size(), model);
            checkpoints.keep(budget.secondsUsed());
        }
        return model;
    }

    private FoldModel fit(Candidate<?> candidate, int fold) {
        FoldData.Sets sets = data.of(candidate, fold);
        Deadline own = deadline;
        if (deadline.isLimited()) {
            double share = candidate.share() * seconds * workers / data.folds().size();
            own = deadline.atMost(Duration.ofNanos((long) (share * 1e9)));
        }
        long start = System.nanoTime();
        TrainedModel model = candidate.fit(sets, new FitContext(data.seed(fold), 1, own));
        boolean cut = own.passed();
        long fitted = System.nanoTime();
        double[] outputs = model.predict(sets.heldOut().features());
        if (Arrays.stream(outputs).anyMatch(each -> !Double.isFinite(each))) {
            throw PipelineException.data("it gave numbers that are not finite");
        }
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
    private synchronized @Nullable Work next() throws InterruptedException {
        while (true) {
            if (deadline.passed() && ensemble != null) {
                return null;
            }
            boolean waiting = false;
            for (Entry entry : entries) {
                if (entry.skipped == null && entry.begun < entry.models.length) {
                    if (entry.begun == 1 && entry.models[0] == null) {
                        // Its first fold tells whether the others are worth it.
                        waiting = true;
                    } else {
                        entry.skipped = reasonToSkip(entry);
                        if (entry.skipped == null) {
                            return new Work(entry, entry.begun++);
                        }
                        progress.advance(entry.models.length - entry.begun);
                    }
                }
                if (!deadline.isLimited() && !entry.ended()) {
                    waiting = true;
                    break;
                }
            }
            if (!waiting) {
                return null;
            }
            wait();
        }
    }

    private @Nullable String reasonToSkip(Entry entry) {
        int rows = data.folds().get(0).training().length;
        FoldModel first = entry.models[0];
        if (rows > entry.candidate.mostRows()) {
            return String.format(Locale.ROOT, "too slow for %,d rows", rows);
        }
        if (first == null || entry.begun > 1 || ensemble == null) {
            return null;
        }
        if (deadline.isLimited()) {
            int rounds = (entry.models.length - 1 + workers - 1) / workers;
            double needed = first.seconds() * rounds;
            double left = deadline.left().toNanos() / 1e9;
            if (needed > left) {
                return String.format(Locale.ROOT, "would have taken %.1f s more, and %.1f s were left", needed, left);
            }
        }
        return race.isWorthwhile(ensemble.outputsOf(0), first.outputs())
                ? null
                : "gave the ensemble nothing on the first fold";
    }
}
