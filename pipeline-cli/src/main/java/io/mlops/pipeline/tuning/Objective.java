package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.Deadline;
import java.util.Map;

/** What is to be made as small or as great as possible; safe to use from several threads. */
public interface Objective {
    boolean greaterIsBetter();

    /**
     * Begins to measure a point; the same for the same point on any number of threads, but for a deadline.
     *
     * @param threads how many may be used
     */
    Measurement measure(Map<String, Object> point, int threads, Deadline deadline);

    /** A measurement in steps, from a cheap first impression to the value that counts. */
    interface Measurement {
        /** What the next step is: such as {@code fold 1}. Steps of one name can be compared. */
        String next();

        /**
         * Takes the next step.
         *
         * @throws RuntimeException where the point cannot be measured
         */
        double step();

        /** Whether the last step gave the value that counts. */
        boolean done();
    }
}
