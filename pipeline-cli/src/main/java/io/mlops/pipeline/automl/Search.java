package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.Workers;
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
 * Fits candidates on all folds, in their order, several folds at a time with one thread each, one where memory is short; after those of the portfolio
 * what {@link Proposals} proposes. After each candidate the ensemble is put together anew, so that there is a result at any
 * time. Where not all have the time, and of proposals always, a candidate that gives the ensemble nothing on its first fold
 * is not fitted on the others.
 *
 * <p>Without a clock a candidate begins after the one before it has ended, and the result does not depend on how many
 * threads there are.
 */
final class Search {
    /** A fit that does not end at the deadline is left behind this soon. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** What is left of the time is given away up to this share: predictions and the ensemble take the rest. */
    private static final double LEFT = 0.9;

    /** A fit may be cut down to so many times less than its first fold took, if it still promises something. */
    private static final double SHORTENED = 2;

    /** More than this many candidates are not looked at, however much time there is. */
    private static final int MOST_TRIED = 1000;

    private final FoldData data;
    private final SelectionLoss loss;
    private final Race race;
    private final SelectionLoss firstFoldLoss;
    private final List<Entry> entries = new ArrayList<>();
    private final Proposals proposals;
    private final int most;
    private final Deadline deadline;
    private final FitSlots slots;
    private final Progress progress;
    private final Checkpoints checkpoints;
    private final Budget budget;
    private final double seconds;
    private @Nullable Ensemble ensemble;
    private int selecting;
    private boolean broken;

    /** A candidate on its way. */
    private static final class Entry {
        private final Candidate<?> candidate;
        private final boolean proposed;
        private final @Nullable FoldModel[] models;
        private int begun;
        private double firstLoss = Double.NaN;
        private @Nullable String skipped;

        Entry(Candidate<?> candidate, boolean proposed, int folds) {
            this.candidate = candidate;
            this.proposed = proposed;
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
     * @param ensemble of all candidates that were fitted on all folds
     */
    record Result(Ensemble ensemble, List<Skipped> skipped) {}

    /**
     * Makes one.
     *
     * @param candidates the portfolio
     * @param most how many candidates are fitted at most, or, without a clock, begun, with those that are proposed
     */
    Search(
            FoldData data,
            Metric metric,
            List<Candidate<?>> candidates,
            Proposals proposals,
            int most,
            Deadline deadline,
            FitSlots slots,
            Checkpoints checkpoints,
            Budget budget,
            Progress progress) {
        this.data = data;
        this.loss = SelectionLoss.fast(metric, data.target(), data.truth());
        this.firstFoldLoss = SelectionLoss.fast(metric, data.target(), data.truth(0));
        this.race = new Race(firstFoldLoss);
        this.proposals = proposals;
        this.most = most;
        this.deadline = deadline;
        this.slots = slots;
        this.checkpoints = checkpoints;
        this.budget = budget;
        this.progress = progress;
        this.seconds = deadline.isLimited() ? deadline.left().toNanos() / 1e9 : Double.POSITIVE_INFINITY;
        candidates.forEach(
                each -> entries.add(new Entry(each, false, data.folds().size())));
    }

    /**
     * Works until all candidates are done or the time is.
     *
     * @throws PipelineException where no candidate could be fitted
     */
    Result run() {
        ExecutorService pool = Executors.newFixedThreadPool(slots.threads(), task -> {
            Thread thread = new Thread(task, "automl");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < slots.threads(); i++) {
                running.add(pool.submit(this::work));
            }
            for (Future<?> future : running) {
                await(future);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the search was interrupted");
        } catch (ExecutionException e) {
            throw Workers.failure(e);
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
        return ensemble != null && selecting == 0;
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
        return new Result(ensemble, skipped);
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
                advance(next.entry, 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    /** Nobody can say how many will be proposed before the time is over. */
    private void advance(Entry entry, int folds) {
        if (!entry.proposed || !deadline.isLimited()) {
            progress.advance(folds);
        }
    }

    /** Lets the other workers end rather than wait for a model that never comes. */
    private synchronized void giveUp() {
        broken = true;
        notifyAll();
    }

    private void done(Work work, FoldModel model) {
        List<Contender> contenders = List.of();
        synchronized (this) {
            work.entry.models[work.fold] = model;
            if (work.fold == 0) {
                work.entry.firstLoss = firstFoldLoss.applyAsDouble(model.outputs());
            }
            if (work.entry.complete()) {
                contenders = entries.stream()
                        .filter(Entry::complete)
                        .map(entry -> Contender.of(entry.candidate, List.of(entry.models)))
                        .toList();
                selecting++;
            }
            notifyAll();
        }
        if (!contenders.isEmpty()) {
            // Takes its time, which the other workers need not wait for.
            selected(Ensemble.select(contenders, loss, data.truth().length));
        }
    }

    private synchronized void selected(Ensemble made) {
        if (ensemble == null || made.contenders().size() > ensemble.contenders().size()) {
            ensemble = made;
        }
        selecting--;
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
                checkpoints.find(candidate, work.fold, data.folds().size(), data.outputs(work.fold));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        FoldModel model = fit(work);
        if (!Thread.currentThread().isInterrupted()) {
            model = checkpoints.keep(candidate, work.fold, data.folds().size(), model);
            checkpoints.keep(budget.secondsUsed());
        }
        return model;
    }

    private FoldModel fit(Work work) {
        Candidate<?> candidate = work.entry.candidate;
        FoldData.Sets sets = data.of(candidate, work.fold);
        Deadline own = deadline.isLimited()
                ? deadline.atMost(Duration.ofNanos((long) (1e9 * mostSeconds(candidate, work.fold))))
                : deadline;
        long start = System.nanoTime();
        TrainedModel model = candidate.fit(sets, new FitContext(data.seed(work.fold), 1, own));
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

    /** A fold's part of the candidate's share of the time; never so much that the folds after it would get none. */
    private double mostSeconds(Candidate<?> candidate, int fold) {
        int folds = data.folds().size();
        double left = deadline.left().toNanos() / 1e9;
        return Math.min(candidate.share() * seconds * slots.threads() / folds, LEFT * left / rounds(folds - fold));
    }

    /** How many fits follow each other where so many folds are fitted, several at a time. */
    private int rounds(int folds) {
        return (folds + slots.threads() - 1) / slots.threads();
    }

    /** The next fold to work on; null where there is nothing left, or no time. */
    private synchronized @Nullable Work next() throws InterruptedException {
        while (true) {
            if (broken || (deadline.passed() && ensemble != null)) {
                return null;
            }
            if (entries.stream().mapToInt(Entry::underWay).sum() >= slots.now()) {
                wait();
                continue;
            }
            boolean waiting = selecting > 0 && !deadline.isLimited();
            for (Entry entry : waiting ? List.<Entry>of() : entries) {
                if (entry.skipped == null && entry.begun < entry.models.length) {
                    if (entry.begun == 1 && entry.models[0] == null) {
                        // Its first fold tells whether the others are worth it.
                        waiting = true;
                    } else {
                        entry.skipped = reasonToSkip(entry);
                        if (entry.skipped == null) {
                            return new Work(entry, entry.begun++);
                        }
                        advance(entry, entry.models.length - entry.begun);
                    }
                }
                if (!deadline.isLimited() && !entry.ended()) {
                    waiting = true;
                    break;
                }
            }
            if ((deadline.isLimited() || !waiting) && propose()) {
                continue;
            }
            if (!waiting) {
                return null;
            }
            wait();
        }
    }

    /** Adds a candidate to those of the portfolio, where one is wished for. */
    private boolean propose() {
        long counted = deadline.isLimited()
                ? entries.stream().filter(entry -> entry.skipped == null).count()
                : entries.size();
        if (counted >= most || entries.size() >= MOST_TRIED || ensemble == null) {
            return false;
        }
        List<Proposals.Tried> tried = entries.stream()
                .map(entry -> new Proposals.Tried(entry.candidate, entry.firstLoss, ensemble.weight(entry.candidate)))
                .toList();
        Optional<Candidate<?>> next = proposals.next(tried);
        next.ifPresent(
                candidate -> entries.add(new Entry(candidate, true, data.folds().size())));
        return next.isPresent();
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
            double needed = first.seconds() * rounds(entry.models.length - 1);
            double left = deadline.left().toNanos() / 1e9;
            if (needed > SHORTENED * left) {
                return String.format(Locale.ROOT, "would have taken %.1f s more, and %.1f s were left", needed, left);
            }
            long others = entries.stream().filter(each -> each.begun == 0).count();
            if (!entry.proposed && needed * (1 + others) < left) {
                return null;
            }
        } else if (!entry.proposed) {
            return null;
        }
        return race.isWorthwhile(ensemble.outputsOf(0), first.outputs())
                ? null
                : "gave the ensemble nothing on the first fold";
    }
}
