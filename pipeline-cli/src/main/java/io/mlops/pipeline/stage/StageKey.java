package io.mlops.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that a stage's result depends on, as one digest, and the words for what differs from an earlier result. */
record StageKey(String stage, String code, long seed, Map<String, String> inputs, Map<String, Object> parameters) {

    static StageKey of(Stage stage, Run run) {
        return of(stage.inputs(run), stage, run);
    }

    /** The key of a stage with other inputs than its own. */
    static StageKey of(Stage.Inputs inputs, Stage stage, Run run) {
        return new StageKey(
                stage.name(),
                CodeVersion.current().id(),
                run.config().seed(),
                new TreeMap<>(inputs.digests()),
                flat(inputs.parameters()));
    }

    String digest() {
        return Digests.of(Json.line(this));
    }

    /** Why an earlier result does not answer this; one line a difference. */
    List<String> differences(Optional<Manifest> earlier) {
        if (earlier.isEmpty()) {
            return List.of("no earlier result");
        }
        Manifest before = earlier.get();
        List<String> differences = new ArrayList<>();
        compare("input", before.inputs(), inputs, false, differences);
        compare("parameter", before.parameters(), parameters, true, differences);
        if (before.seed() != seed) {
            differences.add("seed changed: " + before.seed() + " -> " + seed);
        }
        if (!before.code().equals(code)) {
            differences.add("code version changed: " + before.code() + " -> " + code);
        }
        return differences;
    }

    private static void compare(
            String what, Map<String, ?> before, Map<String, ?> now, boolean values, List<String> differences) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            Object old = before.get(name);
            Object current = now.get(name);
            if (!Objects.equals(String.valueOf(old), String.valueOf(current))) {
                differences.add(what + " " + name + " changed" + (values ? ": " + old + " -> " + current : ""));
            }
        }
    }

    /** Nested settings as {@code split.test -> 0.2}, so that a difference names one key. */
    private static Map<String, Object> flat(Map<String, Object> nested) {
        Map<String, Object> flat = new TreeMap<>();
        Json.settings(nested).forEach((key, value) -> flatten(String.valueOf(key), value, flat));
        return flat;
    }

    private static void flatten(String key, Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((below, each) -> flatten(key + "." + below, each, flat));
        } else {
            flat.put(key, value);
        }
    }
}
