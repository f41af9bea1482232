package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Verdict;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Registers the bundle and makes it the champion where the verdict allows. */
public final class RegisterStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "register";

    static final String REGISTRATION = "registration.json";

    @Override
    public String name() {
        return NAME;
    }

    /** The registry may have changed since: the registry itself makes a repetition harmless. */
    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Inputs inputs(Run run) {
        return new Inputs(
                new TreeMap<>(Map.of(
                        "bundle", run.required(TrainStage.NAME).text(TrainStage.DIGEST),
                        "evaluation", run.outputDigest(EvaluateStage.NAME, EvaluateStage.EVALUATION))),
                Map.of("name", TrainStage.modelName(run)));
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        Evaluation evaluation = evaluation(run);
        requireSameBundle(run);
        Verdict verdict = evaluation.verdict();
        ModelRegistry registry = run.tracking().registry(TrainStage.modelName(run));
        Map<String, Object> registration = new LinkedHashMap<>();
        registration.put("name", registry.name());
        registration.put("verdict", verdict.outcome().key());
        registration.put("reason", verdict.reason());
        boolean promotedBefore = false;
        String note;
        if (verdict.outcome() == Verdict.Outcome.REJECTED) {
            registration.put("promoted", false);
            note = "not registered: " + verdict.reason();
        } else {
            Submission submission = registry.submit(
                    run.folder(TrainStage.NAME).resolve(TrainStage.BUNDLE),
                    new Registration(
                            run.date().toString(),
                            RunState.read(run).map(RunState::runId).orElse(null),
                            RunTags.user(),
                            verdict.reason(),
                            verdict.outcome(),
                            evaluation.values(),
                            RunDescription.ofModel(run)),
                    ChampionToBeat.version(run).map(ModelVersion::number).orElse(null),
                    verdict.outcome().wins());
            ModelVersion version = submission.version();
            registration.put("promoted", submission.promoted());
            promotedBefore = version != null && submission.promoted() && promotedBefore(run, registry, version);
            if (version == null) {
                registration.put("pending", true);
                note = registry.name() + " is " + submission.note();
            } else {
                registration.put("version", version.number());
                note = registry.name() + " version " + version.number()
                        + (submission.promoted()
                                ? " is the champion"
                                : " is registered as the challenger; the champion stays")
                        + (submission.note().isEmpty() ? "" : ": " + submission.note());
            }
        }
        Json.write(folder.resolve(REGISTRATION), registration);
        // Of this execution only: the file is the same however often the stage is run.
        registration.put("promoted_before", promotedBefore);
        return new Outcome(Map.of(), registration, List.of(note));
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        record.ofStage().artifact(REGISTRATION, run.folder(NAME).resolve(REGISTRATION));
        record.ofBoth().forEach(facts -> facts.tag("registered_model", manifest.text("name"))
                .tag("model_version", manifest.text("version"))
                .tag("promoted", manifest.text("promoted")));
    }

    /** Whether an earlier run made it champion; an earlier attempt of this run may have been killed before it said so. */
    private static boolean promotedBefore(Run run, ModelRegistry registry, ModelVersion version) {
        String begun = RunState.read(run).map(RunState::begun).orElse(null);
        return begun != null
                && registry.history().stream()
                        .filter(each -> each.action() == Action.PROMOTED && each.version() == version.number())
                        .anyMatch(each -> Instant.parse(each.at()).isBefore(Instant.parse(begun)));
    }

    private static Evaluation evaluation(Run run) {
        Path file = run.folder(EvaluateStage.NAME).resolve(EvaluateStage.EVALUATION);
        try {
            return Json.read(file, Evaluation.class);
        } catch (IOException e) {
            throw PipelineException.usage(file + " cannot be read; run 'mlops evaluate --force' again");
        }
    }

    /** A model trained since the evaluation must not take its verdict. */
    private static void requireSameBundle(Run run) {
        String trained = run.required(TrainStage.NAME).text(TrainStage.DIGEST);
        String evaluated = run.required(EvaluateStage.NAME).inputs().get("bundle");
        if (!trained.equals(evaluated)) {
            throw PipelineException.usage(
                    "the model was trained again after it was evaluated; run 'mlops evaluate --date " + run.date()
                            + "' first");
        }
    }
}
