package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;
import java.util.List;

/** What is to be recorded of one stage, for the two places where people look: its own run, and the pipeline's. */
public final class StageRecord {
    private final RunUpdate.Builder stage;
    private final RunUpdate.Builder run;

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
