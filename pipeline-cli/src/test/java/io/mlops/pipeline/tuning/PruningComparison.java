package io.mlops.pipeline.tuning;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.training.CrossValidation;
import io.mlops.pipeline.evaluation.training.SplitTable;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.Training;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints what giving trials up early saves and costs, on split tables (see {@link SplitTable}): the work of the trials, the
 * best value by cross-validation, and what a model with these hyperparameters is worth on the test rows.
 *
 * <p>Arguments: the folder of the splits, a family, the number of trials, the number of seeds, names of tables.
 */
final class PruningComparison {
    private static final List<Way> WAYS = List.of(new Way(List.of(), 1), new Way(CrossValidated.USUAL_IMPRESSIONS, 4));

    /** How trials are given up: after which impressions, and how many of them. */
    private record Way(List<Integer> impressions, int share) {}

    private PruningComparison() {}

    public static void main(String[] arguments) {
        int trials = Integer.parseInt(arguments[2]);
        for (int i = 4; i < arguments.length; i++) {
            SplitTable tables = SplitTable.read(Path.of(arguments[0]).resolve(arguments[i]));
            for (int seed = 0; seed < Integer.parseInt(arguments[3]); seed++) {
                compare(arguments[i], Learners.named(arguments[1]), tables, trials, seed);
            }
        }
    }

    private static <P extends Record> void compare(
            String name, Learner<P> learner, SplitTable tables, int trials, long seed) {
        Task task = tables.target().task();
        Metric metric = Metric.primary(task);
        TrainSettings settings =
                TrainSettings.defaults().with(new CrossValidationSettings(null, 1, CrossValidationSettings.By.AUTO));
        P defaults = learner.defaults(task);
        Space space = learner.searchSpace(task);
        CrossValidation<P> folds = new CrossValidation<>(
                learner, defaults, FeatureSettings.defaults(), settings, tables.train(), tables.target(), seed);
        List<Search.Planned> planned = List.of(new Search.Planned("current", space.point(Overlay.values(defaults))));
        for (Way way : WAYS) {
            Study study = Study.inMemory();
            new Search(
                            new CrossValidated<>(folds, learner, defaults, metric, way.impressions()),
                            Sampler.Kind.TPE.over(space, seed),
                            "tpe",
                            planned,
                            4,
                            new Halving(way.share()),
                            1)
                    .run(study, trials, Deadline.none(), Progress.NONE);
            Trial best = Study.best(study.trials(), metric.greaterIsBetter()).orElseThrow();
            TrainingResult result = new Training<>(
                            learner,
                            Overlay.on(defaults, best.parameters()),
                            FeatureSettings.defaults(),
                            settings,
                            seed,
                            2)
                    .train(tables.train(), tables.target(), null, Progress.NONE);
            double[] predicted = result.calibration()
                    .apply(
                            result.model().predict(result.preprocessor().transform(tables.test())),
                            tables.target().outputs());
            Map<String, Long> steps = study.trials().stream()
                    .flatMap(trial -> trial.steps().keySet().stream())
                    .collect(Collectors.groupingBy(step -> step, TreeMap::new, Collectors.counting()));
            System.out.printf(
                    Locale.ROOT,
                    "%s seed %d %s: %.1f s, %s, cv %.5f, test %.5f%n",
                    name,
                    seed,
                    way,
                    study.trials().stream().mapToDouble(Trial::seconds).sum(),
                    steps,
                    best.value(),
                    Metrics.compute(Predictions.of(tables.target(), tables.truth(), predicted, result.decision()))
                            .values()
                            .get(metric.key()));
        }
    }
}
