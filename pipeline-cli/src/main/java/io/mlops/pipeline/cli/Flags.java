package io.mlops.pipeline.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flags that stand for keys of the configuration. */
final class Flags {
    private Flags() {}

    /** Lays a flag over its key, if it was given. */
    static void put(Map<String, String> flags, String key, @Nullable Object value) {
        if (value != null) {
            flags.put(key, value.toString());
        }
    }
}
