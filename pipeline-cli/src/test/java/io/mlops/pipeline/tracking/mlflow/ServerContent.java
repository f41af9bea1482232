package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Everything that a server holds of an experiment and a model, without what differs from one time to the next. */
final class ServerContent {
    private static final Pattern ID = Pattern.compile("(m-)?[0-9a-f]{32}");

    private final MlflowHttp http;
    private final ArtifactStore artifacts;

    ServerContent(MlflowServer server) {
        this.http = new MlflowHttp(server);
        this.artifacts = new ArtifactStore(http);
    }

    /** A line for each thing, by its place. */
    Map<String, String> of(String experiment, String model) throws IOException {
        Map<String, String> content = new TreeMap<>();
        String id = http.get("experiments/get-by-name", Map.of("experiment_name", experiment))
                .path("experiment")
                .path("experiment_id")
                .asText();
        JsonNode runs = http.post("runs/search", Map.of("experiment_ids", List.of(id), "max_results", 1000))
                .path("runs");
        Map<String, String> keys = new HashMap<>();
        for (JsonNode run : runs) {
            keys.put(run.path("info").path("run_id").asText(), tag(run.path("data"), RunStore.KEY));
        }
        for (JsonNode run : runs) {
            String runId = run.path("info").path("run_id").asText();
            String key = keys.get(runId);
            put(content, key + " status", run.path("info").path("status").asText());
            put(content, key + " name", run.path("info").path("run_name").asText());
            put(content, key + " started", run.path("info").path("start_time").asText());
            put(content, key + " ended", run.path("info").path("end_time").asText("none"));
            for (JsonNode tag : run.path("data").path("tags")) {
                String value = tag.path("value").asText();
                put(content, key + " tag " + tag.path("key").asText(), keys.getOrDefault(value, value));
            }
            for (JsonNode parameter : run.path("data").path("params")) {
                put(
                        content,
                        key + " parameter " + parameter.path("key").asText(),
                        parameter.path("value").asText());
            }
            for (JsonNode metric : run.path("data").path("metrics")) {
                String name = metric.path("key").asText();
                http.get("metrics/get-history", Map.of("run_id", runId, "metric_key", name))
                        .path("metrics")
                        .forEach(each -> put(
                                content,
                                key + " metric " + name + " "
                                        + each.path("step").asText() + " "
                                        + each.path("timestamp").asText(),
                                each.path("value").asText()));
            }
            for (JsonNode input : run.path("inputs").path("dataset_inputs")) {
                put(content, key + " data " + input.path("dataset").path("name").asText(), input.toString());
            }
            put(
                    content,
                    key + " models",
                    Integer.toString(run.path("outputs").path("model_outputs").size()));
            files(content, key + " file ", run.path("info").path("artifact_uri").asText());
        }
        model(content, id, model);
        return content;
    }

    private void model(Map<String, String> content, String experimentId, String name) throws IOException {
        VersionStore versions = new VersionStore(http, name);
        VersionStore.Model model = versions.read();
        model.aliases().forEach((alias, version) -> put(content, "alias " + alias, Integer.toString(version)));
        for (VersionStore.Entry entry : model.versions()) {
            entry.tags().forEach((key, value) -> {
                if (!key.startsWith("pipeline.history.")) {
                    put(content, "version " + entry.number() + " tag " + key, value);
                }
            });
            files(content, "version " + entry.number() + " file ", versions.files(entry.number()));
        }
        VersionStore.history(model)
                .forEach(each -> put(
                        content,
                        "history " + each.version() + " " + each.action(),
                        each.alias() + " " + each.from() + " " + each.by() + " " + each.why() + " " + each.metrics()));
        JsonNode logged = http.post("logged-models/search", Map.of("experiment_ids", List.of(experimentId)))
                .path("models");
        for (JsonNode each : logged) {
            put(
                    content,
                    "logged " + tag(each.path("info"), VersionStore.KEY),
                    each.path("info").path("status").asText());
        }
    }

    private void files(Map<String, String> content, String place, String base) throws IOException {
        Path folder = Files.createTempDirectory("content");
        for (Map.Entry<String, Long> file : artifacts.list(base).entrySet()) {
            Path copy = folder.resolve("one");
            String path = java.net.URI.create(base).getPath().substring(1);
            http.download(path + "/" + file.getKey(), copy, file.getValue());
            String text = Files.readString(copy, java.nio.charset.StandardCharsets.ISO_8859_1);
            put(
                    content,
                    place + file.getKey(),
                    Integer.toHexString(ID.matcher(text).replaceAll("id").hashCode()));
        }
        Folders.delete(folder);
    }

    private static String tag(JsonNode holder, String name) {
        for (JsonNode tag : holder.path("tags")) {
            if (tag.path("key").asText().equals(name)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    private static void put(Map<String, String> content, String place, String value) {
        content.merge(place, value, (one, other) -> one + " AND " + other);
    }
}
