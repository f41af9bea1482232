package io.mlops.pipeline.stage;

import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.data.DataSettings.SplitSettings.By;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Champion;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import java.util.Optional;

/** The champion as it was before a date registered its own version, so that a rerun gives the same verdict. */
record ChampionToBeat(ModelVersion version, Bundle bundle) {
    /** Its entry in the registry alone. */
    static Optional<ModelVersion> version(Run run) {
        return registry(run).championBefore(run.date().toString());
    }

    static Optional<ChampionToBeat> load(Run run) {
        return version(run)
                .map(version ->
                        new ChampionToBeat(version, Bundle.load(registry(run).folder(version.number()))));
    }

    private static ModelRegistry registry(Run run) {
        return run.tracking().registry(TrainStage.modelName(run));
    }

    /** What it says about rows, in the order of a target's classes. */
    Champion scored(Run run, Target target, Rows rows) {
        run.progress().begin("scoring the champion", rows.count());
        return new Champion(
                "version " + version.number(),
                ScoredRows.of(bundle, target, rows, run.config().predict().level(), run.progress())
                        .predictions());
    }

    /** Why it may have learned from the rows that are set aside now, in words; none where it cannot have. */
    Optional<String> doubt(Run run) {
        if (!PrepareDataStage.splitDigest(run)
                .equals(bundle.provenance().inputs().get(TrainStage.SPLIT))) {
            return Optional.of("the champion's rows were split otherwise (data.split, data.time, data.group or the seed"
                    + " differ), so that it may have learned from some of these rows, which flatters it");
        }
        boolean later = version.runDate().compareTo(run.date().toString()) > 0;
        return later && run.config().data().split().by() == By.TIME
                ? Optional.of("the champion learned from the rows of " + version.runDate()
                        + ", which may include these, which flatters it")
                : Optional.empty();
    }
}
