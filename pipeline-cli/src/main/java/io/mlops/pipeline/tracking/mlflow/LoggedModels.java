package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that belong to a run, as servers from 3.0 on show them. */
final class LoggedModels {
    private static final String READY = "LOGGED_MODEL_READY";

    private final MlflowHttp http;

    LoggedModels(MlflowHttp http) {
        this.http = http;
    }

    /**
     * A model of a run.
     *
     * @param files where its files belong
     */
    record Entry(String id, String files, boolean ready) {}

    /** The model of a key, which is made where it is not there yet; none where the server is older than 3.0. */
    Optional<Entry> ensure(
            String experimentId, @Nullable String runId, String name, String key, Map<String, String> parameters) {
        List<Entry> present;
        try {
            present = find(experimentId, key);
        } catch (MlflowException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
        if (!present.isEmpty()) {
            return present.stream().filter(Entry::ready).findFirst().or(() -> Optional.of(present.get(0)));
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("experiment_id", experimentId);
        request.put("name", name);
        if (runId != null) {
            request.put("source_run_id", runId);
        }
        request.put("params", VersionStore.pairs(parameters));
        request.put("tags", VersionStore.pairs(Map.of(VersionStore.KEY, key)));
        return Optional.of(entry(http.postOnce("logged-models", request).path("model")));
    }

    /** The models of a key, the oldest first. */
    List<Entry> find(String experimentId, String key) {
        JsonNode answer = http.post(
                "logged-models/search",
                Map.of(
                        "experiment_ids",
                        List.of(experimentId),
                        "filter",
                        "tags.`" + VersionStore.KEY + "` = '" + key + "'",
                        "order_by",
                        List.of(Map.of("field_name", "creation_timestamp", "ascending", true))));
        return answer.path("models").valueStream().map(LoggedModels::entry).toList();
    }

    private static Entry entry(JsonNode model) {
        JsonNode info = model.path("info");
        return new Entry(
                info.path("model_id").asText(),
                info.path("artifact_uri").asText(),
                info.path("status").asText().equals(READY));
    }

    /** Says which run a model came out of and, last, that all is there: what is ready is not looked at again. */
    void finish(String id, @Nullable String runId) {
        if (runId != null) {
            link(id, runId);
        }
        http.patch("logged-models/" + id, Map.of("model_id", id, "status", READY));
    }

    /** Links a model to its run; MLflow fails where it is linked already. */
    private void link(String id, String runId) {
        try {
            http.post("runs/outputs", Map.of("run_id", runId, "models", List.of(Map.of("model_id", id, "step", 0))));
        } catch (MlflowException e) {
            if (!e.code().equals(MlflowException.PRESENT)) {
                throw e;
            }
        }
    }

    /** Removes a model; one that is gone already stays gone. */
    void delete(String id) {
        try {
            http.delete("logged-models/" + id, Map.of());
        } catch (MlflowException e) {
            if (e.kind() != MlflowException.Kind.REFUSED) {
                throw e;
            }
        }
    }
}
