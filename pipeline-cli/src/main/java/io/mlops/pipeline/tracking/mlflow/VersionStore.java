package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mlops.pipeline.tracking.HistoryEntry;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import io.mlops.pipeline.tracking.RegistryState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one registered model on the server, and what happened to them.
 *
 * <p>MLflow keeps no history of aliases, so each event is kept as a tag of the version that it happened to.
 */
final class VersionStore {
    /** The tag by which a version is found again. */
    static final String KEY = "pipeline.version_key";

    /** The tag with the digest of the bundle. */
    static final String DIGEST = "pipeline.bundle_digest";

    private static final String HISTORY = "pipeline.history.";
    private static final String IN_RUN = "runs:/";
    private static final int PAGE = 200;

    private final MlflowHttp http;
    private final String name;

    VersionStore(MlflowHttp http, String name) {
        this.http = http;
        this.name = name;
    }

    /**
     * A version on the server.
     *
     * @param source where its files are
     */
    record Entry(int number, String source, Map<String, String> tags, long created) {}

    /** All that the server knows of the model; its versions ascending. */
    record Model(List<Entry> versions, Map<String, Integer> aliases) {}

    Model read() {
        JsonNode model;
        try {
            model = http.get("registered-models/get", Map.of("name", name)).path("registered_model");
        } catch (MlflowException e) {
            if (e.code().equals(MlflowException.MISSING)) {
                return new Model(List.of(), Map.of());
            }
            throw e;
        }
        Map<String, Integer> aliases = new TreeMap<>();
        for (JsonNode alias : model.path("aliases")) {
            aliases.put(alias.path("alias").asText(), alias.path("version").asInt());
        }
        return new Model(search("name='" + name + "'"), aliases);
    }

    /** The versions of a key, ascending. */
    List<Entry> find(String key) {
        return search("name='" + name + "' and tags.`" + KEY + "` = '" + key + "'");
    }

    private List<Entry> search(String filter) {
        List<Entry> entries = new ArrayList<>();
        String page = "";
        do {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("filter", filter);
            query.put("max_results", Integer.toString(PAGE));
            if (!page.isEmpty()) {
                query.put("page_token", page);
            }
            JsonNode answer = http.get("model-versions/search", query);
            for (JsonNode version : answer.path("model_versions")) {
                Map<String, String> tags = new HashMap<>();
                for (JsonNode tag : version.path("tags")) {
                    tags.put(tag.path("key").asText(), tag.path("value").asText());
                }
                entries.add(new Entry(
                        version.path("version").asInt(),
                        version.path("source").asText(),
                        tags,
                        version.path("creation_timestamp").asLong()));
            }
            page = answer.path("next_page_token").asText("");
        } while (!page.isEmpty());
        entries.sort(Comparator.comparingInt(Entry::number));
        return entries;
    }

    /** Makes the model, where there is none of this name yet. */
    void ensureModel(String description) {
        try {
            http.post("registered-models/create", Map.of("name", name, "description", description));
        } catch (MlflowException e) {
            if (!e.code().equals(MlflowException.EXISTS)) {
                throw e;
            }
        }
    }

    /** Makes a version; a second one where it is called twice. */
    int create(
            String source,
            @Nullable String runId,
            @Nullable String modelId,
            String description,
            Map<String, String> tags) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("source", source);
        if (runId != null) {
            request.put("run_id", runId);
        }
        if (modelId != null) {
            request.put("model_id", modelId);
        }
        request.put("description", description);
        request.put("tags", pairs(tags));
        return http.postOnce("model-versions/create", request)
                .path("model_version")
                .path("version")
                .asInt();
    }

    /** Removes a version; one that is gone already stays gone. */
    void delete(int version) {
        try {
            http.delete("model-versions/delete", Map.of("name", name, "version", Integer.toString(version)));
        } catch (MlflowException e) {
            ignoreGone(e);
        }
    }

    private static void ignoreGone(MlflowException e) {
        if (e.kind() != MlflowException.Kind.REFUSED) {
            throw e;
        }
    }

    /** Where the files of a version can be fetched from. */
    String files(int version) {
        String address = http.get(
                        "model-versions/get-download-uri", Map.of("name", name, "version", Integer.toString(version)))
                .path("artifact_uri")
                .asText();
        return address.startsWith(IN_RUN) ? filesInRun(address.substring(IN_RUN.length())) : address;
    }

    /** Servers before 3.0 name the run that holds the files, rather than their place. */
    private String filesInRun(String runAndPath) {
        int slash = runAndPath.indexOf('/');
        return http.get("runs/get", Map.of("run_id", runAndPath.substring(0, slash)))
                        .path("run")
                        .path("info")
                        .path("artifact_uri")
                        .asText()
                + runAndPath.substring(slash);
    }

    /** Moves an alias. Not repeated here: a request that was given up may arrive after the alias has gone elsewhere. */
    void point(String alias, int version) {
        http.postOnce(
                "registered-models/alias", Map.of("name", name, "alias", alias, "version", Integer.toString(version)));
    }

    /** Takes an alias away; one that is gone already stays gone. Not repeated here, as {@link #point}. */
    void unpoint(String alias) {
        try {
            http.deleteOnce("registered-models/alias", Map.of("name", name, "alias", alias));
        } catch (MlflowException e) {
            ignoreGone(e);
        }
    }

    /** Keeps an event as a tag of its version; the same event is kept once. */
    void remember(HistoryEntry entry) {
        http.post(
                "model-versions/set-tag",
                Map.of(
                        "name",
                        name,
                        "version",
                        Integer.toString(entry.version()),
                        "key",
                        tagOf(entry),
                        "value",
                        text(entry)));
    }

    static String tagOf(HistoryEntry entry) {
        return HISTORY + entry.at().replace(':', '.') + "." + entry.action().key();
    }

    static String text(HistoryEntry entry) {
        return Answers.JSON.valueToTree(entry).toString();
    }

    /** All that happened to the model through the pipeline, the oldest first. */
    static List<HistoryEntry> history(Model model) {
        List<HistoryEntry> history = new ArrayList<>();
        for (Entry version : model.versions()) {
            boolean registered = false;
            for (Map.Entry<String, String> tag : version.tags().entrySet()) {
                Optional<HistoryEntry> entry =
                        tag.getKey().startsWith(HISTORY) ? entry(tag.getValue()) : Optional.empty();
                if (entry.isPresent() && entry.get().version() == version.number()) {
                    history.add(entry.get());
                    registered |= entry.get().action() == Action.REGISTERED;
                }
            }
            if (!registered) {
                history.add(stranger(version));
            }
        }
        history.sort(Comparator.comparing(HistoryEntry::at).thenComparing(HistoryEntry::action));
        return history;
    }

    /** Where an alias points by what is remembered; null for nowhere. */
    static @Nullable Integer remembered(String alias, List<HistoryEntry> history) {
        return RegistryState.of("", history).aliases().get(alias);
    }

    /**
     * Where an alias pointed before it points to a version; null for nowhere. It may point there already: an earlier
     * request has moved it, and its answer was lost.
     */
    static @Nullable Integer before(String alias, int version, Model model) {
        Integer present = model.aliases().get(alias);
        return Integer.valueOf(version).equals(present) ? remembered(alias, history(model)) : present;
    }

    private static Optional<HistoryEntry> entry(String text) {
        try {
            return Optional.ofNullable(Answers.JSON.readValue(text, HistoryEntry.class));
        } catch (JsonProcessingException e) {
            // A tag that someone has edited tells nothing.
            return Optional.empty();
        }
    }

    /** A version that someone else has registered. */
    private static HistoryEntry stranger(Entry version) {
        return new HistoryEntry(
                Instant.ofEpochMilli(version.created()).toString(),
                Action.REGISTERED,
                version.number(),
                "",
                null,
                "",
                "registered outside of the pipeline",
                null,
                null,
                null,
                null);
    }

    static ArrayNode pairs(Map<String, String> tags) {
        ArrayNode pairs = Answers.JSON.createArrayNode();
        tags.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
        return pairs;
    }
}
