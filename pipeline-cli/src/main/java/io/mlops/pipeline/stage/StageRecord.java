package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;
import java.util.ArrayList;
import java.util.List;

/** What is to be recorded of one stage: its own run, the pipeline's, and runs of the stage's parts where it has any. */
public final class StageRecord {
    private final RunUpdate.Builder stage;
    private final RunUpdate.Builder run;
    private final List<RunUpdate> parts = new ArrayList<>();

    /**
     * @param stage the run of the stage
     * @param run the run of the pipeline, which people look at first
     */
    public StageRecord(RunUpdate.Builder stage, RunUpdate.Builder run) {
        this.stage = stage;
        this.run = run;
    }

    /** The run of the stage. */
    public RunUpdate.Builder stage() {
        return stage;
    }

    /** The run of the pipeline. */
    public RunUpdate.Builder run() {
        return run;
    }

    /** Adds a run of its own for a part of the stage; see {@link RunUpdate.Builder#part}. */
    void add(RunUpdate part) {
        parts.add(part);
    }

    /** The runs of parts of the stage. */
    List<RunUpdate> parts() {
        return List.copyOf(parts);
    }

    RunFacts ofStage() {
        return new RunFacts(stage);
    }

    RunFacts ofRun() {
        return new RunFacts(run);
    }

    List<RunFacts> ofBoth() {
        return List.of(ofStage(), ofRun());
    }
}
