package io.mlops.pipeline.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration value and the place it was written at. */
sealed interface Value {
    /** Where it stands, for messages: {@code pipeline.yaml:12}. */
    String where();

    /** A single word, number or text; null where yaml says null. */
    record Scalar(String where, @Nullable String text) implements Value {}

    /** A list. */
    record Sequence(String where, List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and their values, in order. */
    record Mapping(String where, Map<String, Value> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** This mapping with another laid over it, key by key and level by level. */
        Mapping overlaidWith(Mapping other) {
            Map<String, Value> merged = new LinkedHashMap<>(entries);
            other.entries.forEach((key, value) -> merged.merge(
                    key,
                    value,
                    (mine, theirs) -> mine instanceof Mapping below && theirs instanceof Mapping above
                            ? below.overlaidWith(above)
                            : theirs));
            return new Mapping(where, merged);
        }
    }
}
