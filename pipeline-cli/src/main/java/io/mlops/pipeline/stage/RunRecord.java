package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the record how a run goes: the pipeline's run, and within it a run for each execution of a stage. */
public final class RunRecord {
    private static final String NOTE = "mlflow.note.content";

    private final Run run;
    private final Map<String, String> tags;

    public RunRecord(Run run) {
        this.run = run;
        this.tags = RunTags.of(run, System.getenv());
    }

    /** What names this run to the scheduler that started it; null for none. */
    public static @Nullable String origin() {
        return RunTags.origin(System.getenv());
    }

    /** The pipeline's run is at work on a stage. */
    public void entered(RunState state) {
        run.tracking().record(pipeline(state).running());
        run.tracking().record(stage(state).running());
    }

    /** A stage is done. */
    public void finished(RunState state, Stage stage, Manifest manifest) {
        Instant now = Instant.now();
        RunUpdate.Builder ofStage = stage(state);
        RunUpdate.Builder ofRun = pipeline(state);
        StageRecord record = new StageRecord(ofStage, ofRun);
        StageRecords.describe(run, stage, manifest, record);
        run.tracking().record(ofStage.ended(RunUpdate.Status.FINISHED, now));
        record.parts().forEach(run.tracking()::record);
        run.tracking().record(ofRun.running());
    }

    /** The pipeline's run has ended, and with it the stage that it was at work on. */
    public void ended(RunState state) {
        Instant now = Instant.now();
        RunUpdate.Status status = RunUpdate.Status.valueOf(state.status().name());
        if (state.attempt() != null) {
            run.tracking().record(explained(stage(state), state).ended(status, now));
        }
        run.tracking().record(explained(pipeline(state), state).ended(status, now));
    }

    private static RunUpdate.Builder explained(RunUpdate.Builder update, RunState state) {
        String message = state.message();
        return message == null
                ? update
                : update.tag("pipeline.error", message).tag(NOTE, "**" + state.status() + "**: " + message);
    }

    private RunUpdate.Builder pipeline(RunState state) {
        String named = run.config().tracking().runName();
        String name = named == null ? run.config().name() + " " + run.date() : named;
        RunUpdate.Builder update = RunUpdate.builder(state.runId(), null, name, time(state.begun(), state));
        tags.forEach((tag, value) -> {
            if (!RunTags.OF_TASK.contains(tag)) {
                update.tag(tag, value);
            }
        });
        return update;
    }

    private RunUpdate.Builder stage(RunState state) {
        RunUpdate.Builder update = RunUpdate.builder(
                key(state), state.runId(), String.valueOf(state.stage()), time(state.entered(), state));
        tags.forEach(update::tag);
        return update.tag("pipeline.stage", String.valueOf(state.stage()));
    }

    /** Names the run of the stage that is at work. */
    public static String key(RunState state) {
        return state.runId() + "/" + state.stage() + "/" + state.attempt();
    }

    private static Instant time(@Nullable String known, RunState state) {
        return Instant.parse(known == null ? state.updated() : known);
    }
}
