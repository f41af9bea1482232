package io.mlops.pipeline.progress;

/** Receives how far a piece of work has come; safe to call from several threads. */
public interface Progress {
    /** Ignores everything. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String task, long total) {}

        @Override
        public void advance(long done) {}

        @Override
        public void end() {}
    };

    /**
     * Starts a task, ending the one before it.
     *
     * @param task what is being done, for people: {@code cross-validation}
     * @param total how many units it has; -1 where that is unknown
     */
    void begin(String task, long total);

    /** Adds finished units. */
    void advance(long done);

    /** Ends the current task. */
    void end();

    /** Whether a person asks for the end: work that has a result by then ends with it. */
    default boolean isEnding() {
        return false;
    }
}
