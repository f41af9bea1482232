package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.stage.DeadRuns;
import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.RunLock;
import io.mlops.pipeline.stage.RunRecord;
import io.mlops.pipeline.stage.RunState;
import io.mlops.pipeline.stage.Stage;
import io.mlops.pipeline.stage.StageRunner;
import io.mlops.pipeline.stage.Stages;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs stages one after the other under the lock of their date, and keeps the run's state. */
final class StageExecution {
    private final Run run;
    private final Console console;
    private final RunOptions options;
    /** The key of the recorded run that the result leads to. */
    private String page = "";

    StageExecution(Run run, Console console, RunOptions options) {
        this.run = run;
        this.console = console;
        this.options = options;
    }

    /**
     * Runs the stages and returns the record of each.
     *
     * @param fresh whether this begins a new run rather than going on with the date's
     */
    List<Manifest> execute(List<? extends Stage> stages, boolean fresh) {
        List<Manifest> manifests = new ArrayList<>();
        stages.forEach(stage -> stage.check(run));
        run.tracking().check();
        DeadRuns.mark(run);
        RunRecord record = new RunRecord(run);
        try (RunLock lock = RunLock.take(run, options.lockTimeout())) {
            Termination termination = Termination.watch(run, record, lock, console);
            DeadRuns.markHeld(run);
            RunState state = RunState.begin(run, fresh, RunRecord.origin());
            StageRunner runner = new StageRunner(run, state.runId());
            try {
                for (Stage stage : stages) {
                    state = state.entering(stage.name());
                    termination.write(state);
                    record.entered(state);
                    Manifest manifest = runner.execute(stage, options.force);
                    run.progress().end();
                    report(manifest);
                    manifests.add(manifest);
                    record.finished(state, stage, manifest);
                    page = stages.size() == 1 ? RunRecord.key(state) : state.runId();
                    state = state.left();
                }
                state = state.with(RunState.Status.FINISHED, null);
                termination.write(state);
                record.ended(state);
                RunState.finish(run);
            } catch (RuntimeException | Error e) {
                run.progress().end();
                String message = e instanceof PipelineException known ? known.message() : e.toString();
                state = state.with(RunState.Status.FAILED, message);
                termination.write(state);
                RunState.abandon(run);
                record.ended(state);
                deliver(false);
                throw e;
            } finally {
                termination.done();
            }
        }
        deliver(run.tracking().required());
        return manifests;
    }

    /** Waits for the record, as long as its settings say. */
    private void deliver(boolean required) {
        Delivery delivery = run.tracking().deliver(run.tracking().timeout());
        if (!delivery.complete()) {
            if (required) {
                throw PipelineException.temporary(delivery.remainder());
            }
            console.warn(delivery.remainder());
        } else if (delivery.refused() > 0) {
            console.warn(delivery.refused() + " entries of the record were refused: " + delivery.problem());
        }
    }

    private void report(Manifest manifest) {
        console.say(String.format(
                "%-17s %s",
                manifest.stage(),
                manifest.cached()
                        ? "unchanged, answered from the earlier result"
                        : String.format("done in %.1f s", manifest.seconds())));
        manifest.notes().forEach(note -> console.say("  " + note));
    }

    /** Whether nothing was computed; what a stage does in the world outside is done each time, and does not count. */
    private static boolean cached(List<Manifest> manifests) {
        Set<String> repeatable =
                Stages.all().stream().filter(Stage::repeatable).map(Stage::name).collect(Collectors.toSet());
        return manifests.stream().anyMatch(Manifest::cached)
                && manifests.stream().allMatch(each -> each.cached() || !repeatable.contains(each.stage()));
    }

    /** The JSON of one stage, or of the last of several. */
    Map<String, Object> result(String name, List<Manifest> manifests) {
        Manifest last = manifests.get(manifests.size() - 1);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", name);
        result.put("status", "done");
        result.put("run_id", last.runId());
        result.put("date", last.date());
        result.put("cached", cached(manifests));
        double seconds = manifests.stream()
                .filter(each -> !each.cached())
                .mapToDouble(Manifest::seconds)
                .sum();
        result.put("seconds", Math.round(seconds * 1000) / 1000.0);
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            manifest.outputs()
                    .keySet()
                    .forEach(file -> outputs.put(
                            manifest.stage() + "/" + file,
                            run.folder(manifest.stage()).resolve(file).toString()));
        }
        result.put("outputs", outputs);
        Map<String, Double> metrics = new LinkedHashMap<>();
        manifests.forEach(manifest -> metrics.putAll(manifest.metrics()));
        result.put("metrics", metrics);
        run.tracking().url(page).ifPresent(url -> result.put("tracking_url", url));
        return result;
    }
}
