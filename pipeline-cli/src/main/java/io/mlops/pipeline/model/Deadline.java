package io.mlops.pipeline.model;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The moment at which a fit must end with what it has; compared with {@link System#nanoTime}. */
public final class Deadline {
    private static final Deadline NONE = new Deadline(false, 0, () -> false);

    private final boolean limited;
    private final long nanos;
    private final BooleanSupplier early;

    private Deadline(boolean limited, long nanos, BooleanSupplier early) {
        this.limited = limited;
        this.nanos = nanos;
        this.early = early;
    }

    /** No limit: the same inputs then give the same model. */
    public static Deadline none() {
        return NONE;
    }

    /** So long from now on. */
    public static Deadline after(Duration time) {
        return new Deadline(true, System.nanoTime() + time.toNanos(), () -> false);
    }

    /** The same, and past already where something else asks for the end. */
    public Deadline orWhen(BooleanSupplier ending) {
        return new Deadline(limited, nanos, ending);
    }

    /** The earlier one of this and so long from now on. */
    public Deadline atMost(Duration time) {
        long other = System.nanoTime() + time.toNanos();
        return new Deadline(true, limited && nanos - other < 0 ? nanos : other, early);
    }

    /** The same where there is no limit; else when a share of the time that is left has passed. */
    public Deadline ofLeft(double share) {
        return limited ? atMost(Duration.ofNanos((long) (share * left().toNanos()))) : this;
    }

    public boolean isLimited() {
        return limited;
    }

    public boolean passed() {
        return (limited && System.nanoTime() - nanos >= 0) || early.getAsBoolean();
    }

    /** How long until then, never below 0; {@link Long#MAX_VALUE} seconds where there is no limit. */
    public Duration left() {
        return limited ? Duration.ofNanos(Math.max(0, nanos - System.nanoTime())) : Duration.ofSeconds(Long.MAX_VALUE);
    }
}
