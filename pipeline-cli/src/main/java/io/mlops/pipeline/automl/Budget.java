package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.Deadline;
import java.time.Duration;

/** How the seconds of a limit are spent. Without a limit there is no clock. */
final class Budget {
    /** What is kept for what comes after the search: seconds and a share of the limit, but never most of it. */
    private static final double RESERVE_SECONDS = 2.5;

    private static final double RESERVE_SHARE = 0.05;
    private static final double LEAST_SEARCH = 0.4;

    /** The share of its time that a search gets at least when it goes on after a kill. */
    private static final double LEAST_RESUMED = 0.1;

    /** The share of the search's time that is kept to fit the chosen models on the newest rows, where rows have a time. */
    private static final double REFIT_SHARE = 0.3;

    /** The share of the limit that may be spent to tell what the model looks at. */
    private static final double EXPLANATION_SHARE = 0.015;

    /** The share of the search's time that the selections of columns in all folds may take together. */
    private static final double SELECTION_SHARE = 0.2;

    private final boolean limited;
    private final double limit;
    private final double seconds;
    private final long start = System.nanoTime();
    private final double used;

    private Budget(boolean limited, double limit, double seconds, double used) {
        this.limited = limited;
        this.limit = limit;
        this.seconds = seconds;
        this.used = used;
    }

    /**
     * The budget from now on.
     *
     * @param used the seconds that an earlier try, which this one goes on from, has taken
     */
    static Budget of(AutomlSettings settings, double used) {
        double limit = settings.timeLimit();
        double usable = Math.max(LEAST_SEARCH * limit, (1 - RESERVE_SHARE) * limit - RESERVE_SECONDS);
        return new Budget(settings.maxModels() == null, limit, Math.max(LEAST_RESUMED * usable, usable - used), used);
    }

    boolean isLimited() {
        return limited;
    }

    /** How many seconds search and refit may take in all; infinite without a limit. */
    double seconds() {
        return limited ? seconds : Double.POSITIVE_INFINITY;
    }

    /** How long this try and an earlier one have taken. */
    double secondsUsed() {
        return used + (System.nanoTime() - start) / 1e9;
    }

    Deadline searchDeadline(boolean refit) {
        return deadline(refit ? 1 - REFIT_SHARE : 1);
    }

    Deadline refitDeadline() {
        return deadline(1);
    }

    /** How many seconds the selections of columns in all folds may take together; infinite without a limit. */
    double selectionSeconds() {
        return limited ? SELECTION_SHARE * seconds : Double.POSITIVE_INFINITY;
    }

    /**
     * When a selection of columns in one fold ends that begins now.
     *
     * @param search when all of the search ends
     * @param threads how many folds are at work at a time
     */
    Deadline selectionDeadline(Deadline search, int folds, int threads) {
        double most = selectionSeconds() * Math.min(1, (double) threads / folds);
        return limited ? search.atMost(Duration.ofNanos((long) (1e9 * most))) : search;
    }

    /** How many seconds may be spent to tell what the model looks at; infinite without a limit. */
    double explanationSeconds() {
        return limited ? EXPLANATION_SHARE * limit : Double.POSITIVE_INFINITY;
    }

    private Deadline deadline(double share) {
        double passed = (System.nanoTime() - start) / 1e9;
        return limited
                ? Deadline.after(Duration.ofNanos((long) (1e9 * Math.max(0, share * seconds - passed))))
                : Deadline.none();
    }
}
