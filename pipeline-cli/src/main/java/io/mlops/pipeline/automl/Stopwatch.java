package io.mlops.pipeline.automl;

import java.util.LinkedHashMap;
import java.util.Map;

/** Seconds by name. */
final class Stopwatch {
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long last = System.nanoTime();

    void lap(String part) {
        long now = System.nanoTime();
        laps.put(part, (now - last) / 1e9);
        last = now;
    }

    Map<String, Double> seconds() {
        return laps;
    }
}
