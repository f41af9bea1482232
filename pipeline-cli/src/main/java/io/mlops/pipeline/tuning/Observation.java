package io.mlops.pipeline.tuning;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a trial.
 *
 * @param steps how far it was measured; 0 while it is at work
 * @param loss what was measured last, less being better; not a number while it is at work
 */
public record Observation(Map<String, Object> point, int steps, double loss) {
    public Observation {
        point = new LinkedHashMap<>(point);
    }

    /** A trial that is at work: taken to turn out badly, so that no other is begun beside it. */
    public static Observation running(Map<String, Object> point) {
        return new Observation(point, 0, Double.NaN);
    }
}
