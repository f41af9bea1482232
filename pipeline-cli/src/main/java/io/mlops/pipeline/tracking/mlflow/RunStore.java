package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.tracking.RunUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.mlflow.api.proto.Service;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;

/** Experiments and runs, through MLflow's Java client. */
final class RunStore {
    /** The tag by which a run is found again; the server's own ids are not known before a request is answered. */
    static final String KEY = "pipeline.run_key";

    /** The tag that all runs of one pipeline run share. */
    private static final String ROOT = "pipeline.run_id";

    private static final String PARENT = "mlflow.parentRunId";

    /** The server refuses more in one request. */
    private static final int MOST_METRICS = 800;

    private static final int MOST_FOUND = 1000;
    private static final int MOST_PARAMETERS = 90;
    private static final int MOST_TAGS = 90;

    /** The server cuts off what is longer without a word. */
    private static final int LONGEST_PARAMETER = 6000;

    private static final int LONGEST_TAG = 8000;

    private final ClientCalls client;
    private final Map<String, String> experiments = new ConcurrentHashMap<>();

    RunStore(MlflowServer server) {
        this.client = new ClientCalls(server);
    }

    /** The id of an experiment that was asked for before. */
    Optional<String> knownExperiment(String name) {
        return Optional.ofNullable(experiments.get(name));
    }

    /** An experiment that is in use; none where it does not exist yet. */
    Optional<String> findExperiment(String name) {
        String known = experiments.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Experiment> found;
        try {
            found = client.call("looking for experiment '" + name + "'", each -> each.getExperimentByName(name));
        } catch (MlflowException e) {
            if (e.code().equals(MlflowException.MISSING)) {
                return Optional.empty();
            }
            throw e;
        }
        if (found.isPresent() && !found.get().getLifecycleStage().equals("active")) {
            throw new MlflowException(
                    MlflowException.Kind.DENIED,
                    0,
                    "",
                    "the experiment '" + name
                            + "' was deleted on the MLflow server; restore it there ('mlflow experiments"
                            + " restore -x " + found.get().getExperimentId() + "'), or name another with"
                            + " --mlflow-experiment");
        }
        found.ifPresent(each -> experiments.put(name, each.getExperimentId()));
        return found.map(Experiment::getExperimentId);
    }

    /** The experiment, which is made where it does not exist; its name is unique, so that there is never a second. */
    String experiment(String name) {
        return findExperiment(name).orElseGet(() -> {
            try {
                String made = client.call("making experiment '" + name + "'", each -> each.createExperiment(name));
                experiments.put(name, made);
                return made;
            } catch (MlflowException e) {
                if (!e.code().equals(MlflowException.EXISTS)) {
                    throw e;
                }
                return findExperiment(name).orElseThrow(() -> e);
            }
        });
    }

    /** The runs of a key, the oldest first. */
    List<String> find(String experimentId, String key) {
        return search(experimentId, KEY, key).getOrDefault(key, List.of());
    }

    /** All runs of one pipeline run by their keys, the oldest first. */
    Map<String, List<String>> findAll(String experimentId, String rootKey) {
        return search(experimentId, ROOT, rootKey);
    }

    private Map<String, List<String>> search(String experimentId, String tag, String value) {
        List<Run> found = client.call("looking for run " + value, each -> each.searchRuns(
                        List.of(experimentId), "tags.`" + tag + "` = '" + value + "'", ViewType.ACTIVE_ONLY, MOST_FOUND)
                .getItems());
        Map<String, List<String>> runs = new TreeMap<>();
        found.stream()
                .sorted(Comparator.comparingLong((Run run) -> run.getInfo().getStartTime())
                        .thenComparing(run -> run.getInfo().getRunId()))
                .forEach(run -> runs.computeIfAbsent(key(run), key -> new ArrayList<>())
                        .add(run.getInfo().getRunId()));
        return runs;
    }

    private static String key(Run run) {
        return run.getData().getTagsList().stream()
                .filter(tag -> tag.getKey().equals(KEY))
                .map(RunTag::getValue)
                .findFirst()
                .orElse("");
    }

    /** Makes a run; a second one where it is called twice. */
    RunInfo create(String experimentId, RunUpdate update, Optional<String> parentId) {
        CreateRun.Builder request = CreateRun.newBuilder()
                .setExperimentId(experimentId)
                .setStartTime(update.started())
                .setUserId(update.tags().getOrDefault("mlflow.user", ""))
                .setRunName(update.name())
                .addTags(tag(KEY, update.key()))
                .addTags(tag(ROOT, update.root()));
        parentId.ifPresent(id -> request.addTags(tag(PARENT, id)));
        return client.call("making run " + update.key(), each -> each.createRun(request.build()));
    }

    RunInfo info(String runId) {
        return client.call("reading run " + runId, each -> each.getRun(runId)).getInfo();
    }

    /** Removes a run; one that is gone already stays gone. */
    void delete(String runId) {
        try {
            client.call("removing run " + runId, each -> {
                each.deleteRun(runId);
                return true;
            });
        } catch (MlflowException e) {
            if (e.kind() != MlflowException.Kind.REFUSED) {
                throw e;
            }
        }
    }

    /** Writes what an update says, apart from its files and data sets. */
    void write(String runId, RunUpdate update) {
        List<Metric> metrics = update.metrics().stream().map(RunStore::metric).toList();
        List<RunTag> tags = new ArrayList<>();
        update.tags().forEach((name, value) -> tags.add(tag(name, value)));
        Map<String, String> parameters = new LinkedHashMap<>();
        update.parameters().forEach((name, value) -> parameters.put(name, shortened(value, LONGEST_PARAMETER)));
        batches(metrics, MOST_METRICS).forEach(batch -> log(runId, batch, List.of(), List.of()));
        batches(tags, MOST_TAGS).forEach(batch -> log(runId, List.of(), List.of(), batch));
        try {
            logParameters(runId, parameters);
        } catch (MlflowException e) {
            if (!e.code().equals(MlflowException.INVALID)) {
                throw e;
            }
            logUnlessChanged(runId, parameters, e);
        }
        setStatus(runId, update);
    }

    private void logParameters(String runId, Map<String, String> parameters) {
        List<Param> all = new ArrayList<>();
        parameters.forEach((name, value) ->
                all.add(Param.newBuilder().setKey(name).setValue(value).build()));
        batches(all, MOST_PARAMETERS).forEach(batch -> log(runId, List.of(), batch, List.of()));
    }

    /** A parameter of a run never changes: where one has another value, the first stands and a tag says so. */
    private void logUnlessChanged(String runId, Map<String, String> parameters, MlflowException why) {
        Run run = client.call("reading run " + runId, each -> each.getRun(runId));
        List<String> changed = new ArrayList<>();
        for (Param present : run.getData().getParamsList()) {
            String wanted = parameters.remove(present.getKey());
            if (wanted != null && !wanted.equals(present.getValue())) {
                changed.add(present.getKey() + "=" + wanted);
            }
        }
        if (changed.isEmpty()) {
            throw why;
        }
        logParameters(runId, parameters);
        log(
                runId,
                List.of(),
                List.of(),
                List.of(tag("pipeline.changed_parameters", shortened(String.join(", ", changed), LONGEST_TAG))));
    }

    private void log(String runId, List<Metric> metrics, List<Param> parameters, List<RunTag> tags) {
        client.call("recording in run " + runId, each -> {
            each.logBatch(runId, metrics, parameters, tags);
            return true;
        });
    }

    private void setStatus(String runId, RunUpdate update) {
        RunStatus status = RunStatus.valueOf(update.status().name());
        client.call("setting the status of run " + runId, each -> {
            Long ended = update.ended();
            if (ended == null) {
                each.setTerminated(runId, status, 0);
            } else {
                each.setTerminated(runId, status, ended);
            }
            return true;
        });
    }

    private static Metric metric(RunUpdate.Measurement metric) {
        return Metric.newBuilder()
                .setKey(metric.name())
                .setValue(metric.value())
                .setStep(metric.step())
                .setTimestamp(metric.at())
                .build();
    }

    private static RunTag tag(String name, String value) {
        return Service.RunTag.newBuilder()
                .setKey(name)
                .setValue(shortened(value, LONGEST_TAG))
                .build();
    }

    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        String remark = "… (" + text.length() + " characters; the whole is in manifest.json)";
        return text.substring(0, longest - remark.length()) + remark;
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
