package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tuning.Study;
import io.mlops.pipeline.tuning.Trial;
import java.nio.file.Path;
import java.time.Instant;

/** What is recorded of a search: its own run, and within it a run for each trial. */
final class TuneRecord {
    private TuneRecord() {}

    static void describe(Run run, Manifest manifest, StageRecord record) {
        Path folder = run.folder(TuneStage.NAME);
        for (String file : new String[] {TuneStage.STUDY, TuneStage.BEST, TuneStage.REPORT}) {
            record.ofStage().artifact(file, folder.resolve(file));
        }
        String metric = manifest.text(TuneOutcome.METRIC);
        if (!manifest.cached()) {
            Study.read(folder.resolve(TuneStage.STUDY)).forEach(trial -> record.add(trial(trial, metric, record)));
        }
    }

    private static RunUpdate trial(Trial trial, String metric, StageRecord record) {
        Instant started = Instant.parse(trial.started());
        Instant ended = started.plusMillis(Math.round(trial.seconds() * 1000));
        RunUpdate.Builder update = record.stage().part("trial " + trial.number(), started);
        RunFacts facts = new RunFacts(update);
        trial.parameters().forEach(facts::parameter);
        facts.tag("pipeline.trial", Integer.toString(trial.number()))
                .tag("pipeline.trial_status", trial.status().key())
                .tag("pipeline.trial_origin", trial.origin());
        if (trial.reason() != null) {
            facts.tag("pipeline.error", trial.reason());
        }
        int step = 0;
        for (double value : trial.steps().values()) {
            facts.metric(metric + "_steps", value, ++step, ended);
        }
        if (trial.value() != null) {
            facts.metric(trial.isFinished() ? "cv_" + metric : "partial_" + metric, trial.value(), ended);
        }
        facts.metric("duration_seconds", trial.seconds(), ended);
        return update.ended(
                switch (trial.status()) {
                    case FINISHED -> RunUpdate.Status.FINISHED;
                    case PRUNED, CUT_SHORT -> RunUpdate.Status.KILLED;
                    case FAILED -> RunUpdate.Status.FAILED;
                },
                ended);
    }
}
