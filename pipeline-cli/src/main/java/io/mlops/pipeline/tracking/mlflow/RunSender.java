package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.RunUpdate.Artifact;
import io.mlops.pipeline.tracking.RunUpdate.DatasetUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes news of runs to the server; whatever is sent again comes to the same. */
final class RunSender {
    /** Before a key: the doubt is about making it. */
    static final String MAKING = "making ";

    private final RunStore runs;
    private final MlflowHttp http;
    private final ArtifactStore artifacts;
    private final Duration settling;

    RunSender(RunStore runs, MlflowHttp http, Duration settling) {
        this.runs = runs;
        this.http = http;
        this.settling = settling;
        this.artifacts = new ArtifactStore(http);
    }

    /** Sends an update whose files lie in a folder. */
    void send(String experiment, RunUpdate update, Path files, Progress progress) {
        String experimentId = runs.experiment(experiment);
        String runId = ensure(experimentId, update, progress);
        try {
            write(runId, update, files);
        } catch (MlflowException e) {
            progress.doubt(update.key(), e);
            throw e;
        }
    }

    private void write(String runId, RunUpdate update, Path files) {
        runs.write(runId, update);
        for (DatasetUse dataset : update.datasets()) {
            http.post("runs/log-inputs", inputs(runId, dataset));
        }
        if (!update.artifacts().isEmpty()) {
            String base = runs.info(runId).getArtifactUri();
            for (Artifact artifact : update.artifacts()) {
                // JSON keeps a path as an address; its name is what counts.
                artifacts.put(
                        base, artifact.path(), files.resolve(artifact.file().getFileName()));
            }
        }
    }

    /** Says again what a request that was given up, and carried out all the same, may have overwritten. */
    void repeat(RunUpdate update, Progress progress) {
        String runId = progress.runs().get(update.key());
        if (runId != null) {
            runs.write(runId, update);
        }
    }

    /** The server's id of a run, which is made where it is not there yet. */
    private String ensure(String experimentId, RunUpdate update, Progress progress) {
        Optional<String> known = find(experimentId, update.key(), progress);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> parent =
                update.parent() == null ? Optional.empty() : find(experimentId, update.parent(), progress);
        progress.requireSettled(MAKING + update.key(), settling);
        try {
            String made = runs.create(experimentId, update, parent).getRunId();
            progress.runs().put(update.key(), made);
            return made;
        } catch (MlflowException e) {
            progress.doubt(MAKING + update.key(), e);
            throw e;
        }
    }

    /** The server's id of a run that it has. */
    Optional<String> find(String experimentId, @Nullable String key, Progress progress) {
        if (key == null) {
            return Optional.empty();
        }
        String known = progress.runs().get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found = runs.find(experimentId, key).stream().findFirst();
        found.ifPresent(id -> progress.runs().put(key, id));
        return found;
    }

    /** Removes the runs that requests which arrived twice, or late, have made beside those in use. */
    void removeDoubles(String experiment, String rootKey, Progress progress) {
        runs.findAll(runs.experiment(experiment), rootKey).forEach((key, ids) -> {
            String used = progress.runs().computeIfAbsent(key, missing -> ids.get(0));
            ids.stream().filter(id -> !id.equals(used)).forEach(runs::delete);
        });
    }

    private static Map<String, Object> inputs(String runId, DatasetUse dataset) {
        List<Map<String, Object>> columns = new ArrayList<>();
        dataset.columns().forEach((name, type) -> columns.add(Map.of("name", name, "type", type, "required", true)));
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", dataset.name());
        described.put("digest", dataset.digest());
        described.put("source_type", "local");
        described.put("source", text(Map.of("uri", dataset.source())));
        described.put("schema", text(Map.of("mlflow_colspec", columns)));
        described.put("profile", text(dataset.profile()));
        return Map.of(
                "run_id",
                runId,
                "datasets",
                List.of(Map.of(
                        "tags",
                        List.of(Map.of("key", "mlflow.data.context", "value", dataset.context())),
                        "dataset",
                        described)));
    }

    private static String text(Object value) {
        return Answers.JSON.valueToTree(value).toString();
    }
}
