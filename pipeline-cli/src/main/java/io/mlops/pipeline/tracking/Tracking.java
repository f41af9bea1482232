package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.time.Duration;
import java.util.Optional;

/** Where runs are recorded and models are registered. */
public interface Tracking {
    /**
     * Refuses, before any work, what could never be recorded; warns where the record is away.
     *
     * @throws PipelineException of kind USAGE where the record refuses us, TEMPORARY where it is away and must not be
     */
    void check();

    /** Adds to the record; what cannot be delivered now is kept on this machine and delivered later. */
    void record(RunUpdate update);

    /** Waits until all is delivered, at most so long; see {@link #timeout}. */
    Delivery deliver(Duration timeout);

    /** Waits until nothing at all is left to deliver or to look at again, through an outage too, at most so long. */
    Delivery sync(Duration timeout);

    /** How long the end of a command waits for the record. */
    Duration timeout();

    /** Whether what is not delivered fails a command. */
    boolean required();

    /** The address of a recorded run, for a browser; none where it is not known yet or there is none. */
    Optional<String> url(String runKey);

    /** The registry of one model. */
    ModelRegistry registry(String name);

    /**
     * What became of the record.
     *
     * @param pending how many entries are kept on this machine
     * @param refused how many entries the record would not take
     * @param problem why, in words; empty where all is delivered
     * @param denied whether trying again comes to the same
     */
    record Delivery(int pending, int refused, String problem, boolean denied) {
        public static final Delivery NOTHING_PENDING = new Delivery(0, 0, "", false);

        public boolean complete() {
            return pending == 0;
        }

        /** What is said of a delivery that is not complete. */
        public String remainder() {
            return problem + "; " + pending
                    + " entries of the record are kept here, and 'mlops sync' or the next run sends them";
        }
    }
}
