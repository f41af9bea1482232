package io.mlops.pipeline.stage;

import java.time.Instant;

/** TEMP */
final class StageRecords {
    private StageRecords() {}

    static void describe(Run run, Stage stage, Manifest manifest, StageRecord record) {
        Instant now = Instant.now();
        manifest.metrics().forEach((name, value) -> record.stage().metric(name, value, now));
        manifest.metrics().forEach((name, value) -> record.run().metric(name, value, now));
        record.stage().artifact("manifest.json", run.folder(stage.name()).resolve(Manifest.FILE));
        record.stage().parameter("seed", Long.toString(manifest.seed()));
    }
}
