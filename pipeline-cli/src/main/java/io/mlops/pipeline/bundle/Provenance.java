package io.mlops.pipeline.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a bundle comes from.
 *
 * @param codeVersion the version of this program
 * @param seed what every random choice was drawn from
 * @param label the user's own; may be empty
 * @param parameters the hyperparameters of the model
 * @param inputs the SHA-256 of what it was made from, by name
 */
public record Provenance(
        String codeVersion, long seed, String label, JsonNode parameters, SortedMap<String, String> inputs) {
    public Provenance {
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }
}
