package io.mlops.pipeline.config;

import io.mlops.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {
    private final List<String> messages = new ArrayList<>();

    void add(String where, String message) {
        messages.add(where + ": " + message);
    }

    /** Throws one error that lists all problems, if there are any. */
    void throwIfAny() {
        if (messages.size() == 1) {
            throw PipelineException.usage(messages.get(0));
        }
        if (!messages.isEmpty()) {
            throw PipelineException.usage(
                    messages.size() + " problems in the configuration:\n  " + String.join("\n  ", messages));
        }
    }
}
