package io.mlops.pipeline.model;

import java.time.Duration;

/** The moment at which a fit must end with what it has; compared with {@link System#nanoTime}. */
public final class Deadline {
    private static final Deadline NONE = new Deadline(false, 0);

    private final boolean limited;
    private final long nanos;

    private Deadline(boolean limited, long nanos) {
        this.limited = limited;
        this.nanos = nanos;
    }

    /** No limit: the same inputs then give the same model. */
    public static Deadline none() {
        return NONE;
    }

    /** So long from now on. */
    public static Deadline after(Duration time) {
        return new Deadline(true, System.nanoTime() + time.toNanos());
    }

    /** The earlier one of this and so long from now on. */
    public Deadline atMost(Duration time) {
        Deadline other = after(time);
        return limited && nanos - other.nanos < 0 ? this : other;
    }

    public boolean isLimited() {
        return limited;
    }

    public boolean passed() {
        return limited && System.nanoTime() - nanos >= 0;
    }

    /** How long until then, never below 0; {@link Long#MAX_VALUE} seconds where there is no limit. */
    public Duration left() {
        return limited ? Duration.ofNanos(Math.max(0, nanos - System.nanoTime())) : Duration.ofSeconds(Long.MAX_VALUE);
    }
}
