package io.mlops.pipeline.stage;

import java.time.Instant;

/** What is recorded of every stage. */
public final class StageRecords {
    /** The name of the tag with the digest of the source. */
    static final String DATA_DIGEST = "data_digest";

    private StageRecords() {}

    /**
     * Adds all that is known of a finished stage; what is missing on the disk is left out.
     *
     * @param manifest the stage's result
     */
    public static void describe(Run run, Stage stage, Manifest manifest, StageRecord record) {
        Instant at = ended(manifest);
        RunFacts facts = record.ofStage();
        manifest.parameters().forEach(facts::parameter);
        manifest.metrics().forEach((name, value) -> facts.metric(name, value, at));
        facts.metric("duration_seconds", manifest.seconds(), at)
                .tag("cached", Boolean.toString(manifest.cached()))
                .artifact(Manifest.FILE, run.folder(stage.name()).resolve(Manifest.FILE));
        run.manifest(PrepareDataStage.NAME)
                .map(prepared -> prepared.inputs().getOrDefault("source", ""))
                .ifPresent(digest -> record.ofBoth().forEach(each -> each.tag(DATA_DIGEST, digest)));
        if (!manifest.cached()) {
            ProcessUse.now().forEach((name, value) -> facts.metric("system/" + name, value, at));
        }
        stage.describe(run, manifest, record);
    }

    /** When the result was there; the same however often it is told. */
    static Instant ended(Manifest manifest) {
        return Instant.parse(manifest.started()).plusMillis(Math.round(manifest.seconds() * 1000));
    }
}
