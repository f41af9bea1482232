package io.mlops.pipeline.config;

import io.mlops.pipeline.PipelineException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code pipeline.yaml}, lays a profile and single keys over it, and binds it to a {@link PipelineConfig}. */
public final class ConfigLoader {
    private static final String PROFILES = "profiles";

    private ConfigLoader() {}

    /**
     * Loads a configuration.
     *
     * @param file the yaml; null where the defaults stand alone
     * @param profile the named entry to lay over it; null for none
     * @param sets single keys laid over all, such as {@code train.model} to {@code xgboost}; the value is yaml
     * @param flags single keys laid over these, for what commands have flags of their own; the value is taken literally
     * @throws PipelineException listing every problem at once
     */
    public static PipelineConfig load(
            @Nullable Path file, @Nullable String profile, Map<String, String> sets, Map<String, String> flags) {
        Problems problems = new Problems();
        Value.Mapping root = file == null ? new Value.Mapping("defaults", Map.of()) : YamlReader.read(file, problems);
        Value.Mapping merged = withProfile(root, profile, problems);
        for (Map.Entry<String, String> set : sets.entrySet()) {
            String where = "--set " + set.getKey() + "=" + set.getValue();
            merged = merged.overlaidWith(
                    single(set.getKey(), YamlReader.parseAny(where, set.getValue(), problems), where));
        }
        for (Map.Entry<String, String> flag : flags.entrySet()) {
            String where = "the flag for " + flag.getKey();
            merged = merged.overlaidWith(single(flag.getKey(), new Value.Scalar(where, flag.getValue()), where));
        }
        PipelineConfig config = new SettingsBinder(problems).bind(PipelineConfig.defaults(), merged, "");
        problems.throwIfAny();
        return config;
    }

    /** Lays named text values over a settings record: {@code --param max_depth=6} over a family's defaults. */
    public static <R extends Record> R overlay(R defaults, Map<String, String> values, String path) {
        Problems problems = new Problems();
        Map<String, Value> entries = new LinkedHashMap<>();
        values.forEach((key, text) -> entries.put(key, YamlReader.parseAny(path + "." + key, text, problems)));
        R bound = new SettingsBinder(problems).bind(defaults, new Value.Mapping(path, entries), path);
        problems.throwIfAny();
        return bound;
    }

    private static Value.Mapping withProfile(Value.Mapping root, @Nullable String profile, Problems problems) {
        Map<String, Value> entries = new LinkedHashMap<>(root.entries());
        Value profiles = entries.remove(PROFILES);
        Value.Mapping base = new Value.Mapping(root.where(), entries);
        if (profiles != null && !(profiles instanceof Value.Mapping)) {
            problems.add(profiles.where(), "profiles: expected names, each with keys and values");
            return base;
        }
        Map<String, Value> named = profiles instanceof Value.Mapping mapping ? mapping.entries() : Map.of();
        // Every profile is checked, not only the chosen one: a slip shows today, not on the day it is needed.
        named.forEach((name, each) -> {
            if (each instanceof Value.Mapping mapping) {
                new SettingsBinder(problems).bind(PipelineConfig.defaults(), mapping, "");
            } else {
                problems.add(each.where(), "profiles." + name + ": expected keys and values");
            }
        });
        if (profile == null) {
            return base;
        }
        if (named.get(profile) instanceof Value.Mapping chosen) {
            problems.throwIfAny();
            return base.overlaidWith(chosen);
        }
        throw PipelineException.usage("--profile " + profile + ": no such profile in " + root.where()
                + (named.isEmpty() ? "; it has none" : "; it has " + String.join(", ", named.keySet())));
    }

    private static Value.Mapping single(String key, Value value, String where) {
        List<String> path = List.of(key.split("\\.", -1));
        Value nested = value;
        for (int i = path.size() - 1; i >= 0; i--) {
            nested = new Value.Mapping(where, Map.of(path.get(i), nested));
        }
        return (Value.Mapping) nested;
    }
}
