package io.mlops.pipeline.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.automl.EnsembleSettings;
import io.mlops.pipeline.automl.FamilyEnsemble;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Provenance;
import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.data.preparation.PreparedSchema;
import io.mlops.pipeline.data.source.FileDigest;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.SelectionSummary;
import io.mlops.pipeline.evaluation.training.Training;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.training.Tuned;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.tracking.ModelNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Cross-validates a model, fits it on all training rows and writes the bundle. */
public final class TrainStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "train";

    /** The folder with the model and all it needs. */
    public static final String BUNDLE = "bundle";

    /** The name under which the record keeps the bundle's digest. */
    static final String DIGEST = "bundle_digest";

    /** What the folds' models said about rows held out; written where no test rows are set aside. */
    static final String OUT_OF_FOLD = "out_of_fold.json";

    static final String SUMMARY = "training.json";

    /** The models that were compared; written where there were several. */
    static final String LEADERBOARD = "leaderboard.json";

    /** Which columns were learned from, and why; written where columns were selected. */
    static final String SELECTION = "selection.json";

    /** What each column is worth and what each feature contributed. */
    static final String IMPORTANCE = "feature_importance.json";

    /** The hidden folder with the models of searches under way. */
    static final String CHECKPOINTS = "checkpoints";

    /** The name under which the bundle keeps what its rows were split by. */
    static final String SPLIT = "split";

    @Override
    public String name() {
        return NAME;
    }

    /** The name of the model that this stage trained. */
    static String modelName(Run run) {
        return run.required(NAME).text("name");
    }

    @Override
    public void check(Run run) {
        ModelNames.model(run.config().name());
        if (isAutoml(run)) {
            if (!run.config().train().params().isEmpty()) {
                throw PipelineException.usage("train.params: automl chooses the hyperparameters itself; remove them, or"
                        + " name a family in train.model");
            }
            Automl.check(run.config().automl());
            return;
        }
        if (isEnsemble(run)) {
            if (!run.config().train().params().isEmpty()) {
                throw PipelineException.usage("train.params: an ensemble's families have hyperparameters of their own;"
                        + " move them to ensemble.params.<family>");
            }
            FamilyEnsemble.check(run.config().ensemble());
            FamilyParameters parameters = new FamilyParameters(run.config().ensemble());
            run.config().ensemble().params().keySet().forEach(family -> parameters.check(Learners.named(family)));
            return;
        }
        Learner<?> learner = Learners.named(run.config().train().model());
        parameters(learner, learner.tasks().iterator().next(), run.config());
        study(run, null);
    }

    private static boolean isAutoml(Run run) {
        return run.config().train().model().equals(Automl.NAME);
    }

    private static boolean isEnsemble(Run run) {
        return run.config().train().model().equals(FamilyEnsemble.NAME);
    }

    /** What the user says of each family's hyperparameters, over the family's own. */
    private record FamilyParameters(EnsembleSettings settings) implements FamilyEnsemble.Hyperparameters {
        @Override
        public <P extends Record> P of(Learner<P> learner, Task task) {
            Map<String, String> own = settings.params().getOrDefault(learner.name(), Map.of());
            return ConfigLoader.overlay(learner.defaults(task), own, "ensemble.params." + learner.name());
        }

        /** Refuses what no task makes right. */
        void check(Learner<?> learner) {
            of(learner, learner.tasks().iterator().next());
        }
    }

    private static <P extends Record> P parameters(Learner<P> learner, Task task, PipelineConfig config) {
        return ConfigLoader.overlay(learner.defaults(task), config.train().params(), "train.params");
    }

    /**
     * The study whose hyperparameters are used; none where none is wanted.
     *
     * @param target what it must be for; null where that is not known yet
     */
    private static Optional<EarlierStudy> study(Run run, @Nullable Target target) {
        Tuned tuned = run.config().train().tuned();
        if (tuned == Tuned.NONE || isAutoml(run) || isEnsemble(run)) {
            return Optional.empty();
        }
        Optional<EarlierStudy> newest =
                tuned == Tuned.AUTO ? EarlierStudy.newestOfTheSameStart(run, target) : EarlierStudy.newest(run, target);
        if (newest.isEmpty() && tuned == Tuned.REQUIRED) {
            throw PipelineException.usage("train.tuned is required, but there is no study of '"
                    + run.config().train().model() + "'"
                    + (target == null ? "" : " for '" + target.column() + "'") + " up to " + run.date() + " in "
                    + run.runs() + "; run 'mlops tune' first");
        }
        return newest;
    }

    @Override
    public Inputs inputs(Run run) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        String own = run.config().train().preprocessor();
        String preprocessor = own == null
                ? run.outputDigest(PrepareFeaturesStage.NAME, PrepareFeaturesStage.PREPROCESSOR)
                : FileDigest.of(run.resolve(own));
        parameters.put("name", run.config().name());
        parameters.put("train", run.config().train());
        parameters.put("features", run.config().features());
        if (isAutoml(run)) {
            parameters.put("automl", run.config().automl().decisive());
        }
        if (isEnsemble(run)) {
            parameters.put("ensemble", run.config().ensemble());
        }
        Map<String, String> digests = new TreeMap<>(Map.of(
                "train", run.outputDigest(PrepareDataStage.NAME, PreparedData.TRAIN),
                "schema", run.outputDigest(PrepareDataStage.NAME, PreparedData.SCHEMA),
                "profile", run.outputDigest(PrepareDataStage.NAME, PreparedData.PROFILE),
                "preprocessor", preprocessor));
        study(run, PrepareDataStage.schema(run).target()).ifPresent(study -> digests.put("study", study.digest()));
        return new Inputs(digests, parameters);
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        Rows rows = PrepareDataStage.train(run);
        Target target = PrepareDataStage.schema(run).target();
        PipelineConfig config = run.config();
        Optional<EarlierStudy> study = study(run, target);
        boolean testRows = PrepareDataStage.test(run).count() > 0;
        TrainingResult result = train(run, study, rows, target, testRows);
        Json.write(folder.resolve(SUMMARY), result.summary());
        Leaderboard leaderboard = result.summary().leaderboard();
        if (leaderboard != null) {
            Json.write(folder.resolve(LEADERBOARD), leaderboard);
        }
        SelectionSummary selection = result.summary().selection();
        if (selection != null) {
            Json.write(folder.resolve(SELECTION), selection);
        }
        Json.write(folder.resolve(IMPORTANCE), TrainingRecord.importance(result.summary()));
        if (!testRows) {
            Json.write(folder.resolve(OUT_OF_FOLD), result.outOfFold());
        }
        Bundle bundle = writeBundle(run, folder.resolve(BUNDLE), result, inputs(run));

        Map<String, Double> metrics = new TreeMap<>();
        result.summary().scores().forEach((key, spread) -> metrics.put("cv_" + key, spread.mean()));
        List<String> notes = new ArrayList<>();
        String model = result.summary().model();
        notes.add(model + " on " + result.summary().rows() + " rows, "
                + result.summary().features() + " features; " + result.summary().planInWords());
        notes.addAll(result.summary().notes());
        if (leaderboard != null) {
            notes.addAll(LeaderboardLines.of(leaderboard));
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("model", model);
        summary.put("name", config.name());
        summary.put(DIGEST, bundle.digest());
        study.ifPresent(each -> {
            summary.put("study", each.date().toString());
            notes.add("hyperparameters of the study of " + each.date());
        });
        return new Outcome(metrics, summary, notes);
    }

    @Override
    public void committed(Run run, String key) {
        Folders.delete(checkpoints(run, key));
    }

    /** Where a search keeps its models meanwhile; the name stands for all that they depend on. */
    private static Path checkpoints(Run run, String key) {
        return run.hidden().resolve(CHECKPOINTS).resolve(key);
    }

    private TrainingResult train(Run run, Optional<EarlierStudy> study, Rows rows, Target target, boolean testRows) {
        PipelineConfig config = run.config();
        if (isAutoml(run)) {
            return new Automl(
                            config.automl(),
                            config.features(),
                            config.train(),
                            config.seed(),
                            config.availableThreads())
                    .train(
                            rows,
                            target,
                            testRows,
                            checkpoints(run, StageKey.of(this, run).digest()),
                            run.progress());
        }
        if (isEnsemble(run)) {
            return new FamilyEnsemble(
                            config.ensemble(),
                            config.features(),
                            config.train(),
                            config.seed(),
                            config.availableThreads())
                    .train(rows, target, testRows, new FamilyParameters(config.ensemble()), run.progress());
        }
        return train(run, Learners.named(config.train().model()), study, rows, target);
    }

    private static <P extends Record> TrainingResult train(
            Run run, Learner<P> learner, Optional<EarlierStudy> study, Rows rows, Target target) {
        PipelineConfig config = run.config();
        learner.requireTask(target.task());
        P untuned = parameters(learner, target.task(), config);
        return new Training<>(
                        learner,
                        study.map(each -> Overlay.on(untuned, each.best())).orElse(untuned),
                        config.features(),
                        config.train(),
                        config.seed(),
                        config.availableThreads())
                .train(rows, target, PrepareFeaturesStage.read(preprocessor(run), learner.view()), run.progress());
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        TrainingRecord.describe(run, manifest, record);
    }

    private static Path preprocessor(Run run) {
        String own = run.config().train().preprocessor();
        return own == null
                ? run.folder(PrepareFeaturesStage.NAME).resolve(PrepareFeaturesStage.PREPROCESSOR)
                : run.resolve(own);
    }

    private static Bundle writeBundle(Run run, Path folder, TrainingResult result, Stage.Inputs inputs) {
        PreparedSchema prepared = PrepareDataStage.schema(run);
        TreeMap<String, String> origins = new TreeMap<>(inputs.digests());
        origins.put(SPLIT, PrepareDataStage.splitDigest(run));
        Provenance provenance = new Provenance(
                CodeVersion.current().id(),
                run.config().seed(),
                run.config().train().label() == null ? "" : run.config().train().label(),
                Json.convert(result.summary().parameters(), JsonNode.class),
                origins);
        return Bundle.write(
                folder,
                run.config().name(),
                new Bundle.Contents(
                        prepared.target(),
                        asRead(prepared.schema(), result.preprocessor()),
                        prepared.cells(),
                        result.preprocessor(),
                        result.model(),
                        result.calibration(),
                        result.decision(),
                        result.conformal(),
                        Json.convert(PreparedData.readProfile(run.folder(PrepareDataStage.NAME)), JsonNode.class),
                        provenance));
    }

    /** The schema of rows to predict for: what the model does not read may be absent there. */
    private static TableSchema asRead(TableSchema schema, Preprocessor preprocessor) {
        TableSchema read = schema;
        for (String name : schema.inputs()) {
            if (!preprocessor.inputs().contains(name)) {
                read = read.with(name, schema.column(name).optional());
            }
        }
        return read;
    }
}
