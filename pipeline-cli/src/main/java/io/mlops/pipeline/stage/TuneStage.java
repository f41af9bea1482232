package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.automl.FamilyEnsemble;
import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.CrossValidation;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.tuning.CrossValidated;
import io.mlops.pipeline.tuning.Halving;
import io.mlops.pipeline.tuning.Search;
import io.mlops.pipeline.tuning.Searched;
import io.mlops.pipeline.tuning.Study;
import io.mlops.pipeline.tuning.Trial;
import io.mlops.pipeline.tuning.TuneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Searches good hyperparameters of a family by cross-validation on the training rows; not part of the daily run. */
public final class TuneStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "tune";

    /** All trials, one JSON object a line. */
    public static final String STUDY = "study.jsonl";

    /** The best hyperparameters. */
    public static final String BEST = "best.json";

    /** The page for people. */
    public static final String REPORT = "report.html";

    private final boolean anew;

    /**
     * A search.
     *
     * @param anew whether to forget the trials of an earlier search with the same inputs, rather than to go on from them
     */
    public TuneStage(boolean anew) {
        this.anew = anew;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(Run run) {
        String model = run.config().train().model();
        if (model.equals(Automl.NAME)) {
            throw PipelineException.usage("automl searches hyperparameters itself; name a family with --model");
        }
        if (model.equals(FamilyEnsemble.NAME)) {
            throw PipelineException.usage("hyperparameters are searched for one family; name one with --model, and copy"
                    + " what is found to ensemble.params");
        }
        Learner<?> learner = Learners.named(model);
        searched(learner, learner.tasks().iterator().next(), run.config());
    }

    @Override
    public Inputs inputs(Run run) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("tune", run.config().tune());
        parameters.put("train", run.config().train());
        parameters.put("features", run.config().features());
        parameters.put("metric", metric(run).key());
        Map<String, String> digests = new TreeMap<>();
        digests.put("train", run.outputDigest(PrepareDataStage.NAME, PreparedData.TRAIN));
        digests.put("schema", run.outputDigest(PrepareDataStage.NAME, PreparedData.SCHEMA));
        earlier(run).forEach(study -> digests.put("study of " + study.date(), study.digest()));
        return new Inputs(digests, parameters);
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        return execute(run, folder, Learners.named(run.config().train().model()));
    }

    private <P extends Record> Outcome execute(Run run, Path folder, Learner<P> learner) {
        PipelineConfig config = run.config();
        TuneSettings settings = config.tune();
        Rows rows = PrepareDataStage.train(run);
        Target target = PrepareDataStage.schema(run).target();
        learner.requireTask(target.task());
        Metric metric = metric(run);
        if (!metric.appliesTo(target.task())) {
            throw PipelineException.usage("tune.metric is " + metric.key() + ", which is no metric of a "
                    + target.task().name().toLowerCase(Locale.ROOT) + " target; take one of "
                    + String.join(
                            ", ",
                            Metric.of(target.task()).stream().map(Metric::key).toList()));
        }
        Deadline deadline = settings.timeLimit() == null
                ? Deadline.none()
                : Deadline.after(Duration.ofMillis(Math.round(settings.timeLimit() * 1000)));
        Searched searched = searched(learner, target.task(), config);
        P parameters = Overlay.on(current(learner, target.task(), config), searched.fixed());
        CrossValidation<P> folds = new CrossValidation<>(
                learner, parameters, config.features(), validation(config), rows, target, config.seed());
        List<Search.Planned> planned = planned(run, searched, parameters, metric);
        Study study = Study.open(live(run));
        int known = study.trials().size();
        new Search(
                        new CrossValidated<>(
                                folds,
                                learner,
                                parameters,
                                metric,
                                settings.prune() ? CrossValidated.USUAL_IMPRESSIONS : List.of()),
                        settings.sampler().over(searched.space(), seed(run)),
                        settings.sampler().name().toLowerCase(Locale.ROOT),
                        planned,
                        settings.parallel(),
                        settings.prune() ? Halving.USUAL : Halving.NONE,
                        config.availableThreads())
                .run(study, settings.mostTrials(), deadline, run.progress());
        return new TuneOutcome(learner.name(), metric, target, folds.plan(), searched, study.trials(), known)
                .write(folder, run);
    }

    /** Another one after each earlier study, so that the same points are not drawn again. */
    private static long seed(Run run) {
        return run.config().seed()
                + earlier(run).stream().map(EarlierStudy::digest).toList().hashCode();
    }

    /** The metric that decides. */
    static Metric metric(Run run) {
        Metric own = run.config().tune().metric();
        return own != null
                ? own
                : run.config()
                        .evaluate()
                        .metric(PrepareDataStage.schema(run).target().task());
    }

    /** The hyperparameters that train would use without a study. */
    private static <P extends Record> P current(Learner<P> learner, Task task, PipelineConfig config) {
        return ConfigLoader.overlay(learner.defaults(task), config.train().params(), "train.params");
    }

    private static <P extends Record> Searched searched(Learner<P> learner, Task task, PipelineConfig config) {
        Searched searched = Searched.of(
                learner.searchSpace(task),
                current(learner, task, config),
                config.tune().space());
        if (searched.space().isEmpty()) {
            throw PipelineException.usage("there is nothing to search: "
                    + (searched.fixed().isEmpty()
                            ? "model '" + learner.name()
                                    + "' has no hyperparameters worth it; name another with --model"
                            : "tune.space sets every hyperparameter to one value"));
        }
        return searched;
    }

    /** As train does it, but once. */
    private static TrainSettings validation(PipelineConfig config) {
        CrossValidationSettings usual = config.train().crossValidation();
        Integer folds = config.tune().folds() != null ? config.tune().folds() : usual.folds();
        return config.train()
                .with(new CrossValidationSettings(folds == null || folds == 0 ? null : folds, 1, usual.by()));
    }

    /** What is tried first: what train uses now, then the best of earlier studies. */
    private static <P extends Record> List<Search.Planned> planned(
            Run run, Searched searched, P parameters, Metric metric) {
        Map<Map<String, Object>, Search.Planned> planned = new LinkedHashMap<>();
        Map<String, Object> current = searched.point(Overlay.values(parameters));
        planned.put(current, new Search.Planned("current", current));
        int most = run.config().tune().warmStart();
        List<EarlierStudy> earlier = earlier(run);
        for (int rank = 0; rank < most && planned.size() <= most; rank++) {
            for (EarlierStudy study : earlier) {
                List<Trial> best = Study.ranked(Study.read(study.file()), metric.greaterIsBetter());
                if (rank < best.size() && planned.size() <= most) {
                    Map<String, Object> point = searched.point(best.get(rank).parameters());
                    planned.putIfAbsent(point, new Search.Planned("study of " + study.date(), point));
                }
            }
        }
        return List.copyOf(planned.values());
    }

    private static List<EarlierStudy> earlier(Run run) {
        return run.config().tune().warmStart() == 0
                ? List.of()
                : EarlierStudy.before(
                        run,
                        run.config().train().model(),
                        metric(run),
                        PrepareDataStage.schema(run).target());
    }

    /** Where the trials are kept until the search is done, and for a longer search later: whatever ends the process. */
    private Path live(Run run) {
        Inputs inputs = inputs(run);
        Map<String, Object> parameters = new LinkedHashMap<>(inputs.parameters());
        parameters.put("tune", run.config().tune().unlimited());
        StageKey key = StageKey.of(new Inputs(inputs.digests(), parameters), this, run);
        return LiveStudies.of(run.home()).file(key.digest(), anew);
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        TuneRecord.describe(run, manifest, record);
    }
}
