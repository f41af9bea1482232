package io.mlops.pipeline.automl;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.training.FoldOutcome;
import io.mlops.pipeline.evaluation.training.Judgement;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.Spread;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.PreprocessorUnion;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The best ensemble in a given time.
 *
 * @param features the user's settings, which each candidate's own are made from
 * @param threads how many models are fitted at a time
 */
public record Automl(
        AutomlSettings settings, FeatureSettings features, TrainSettings train, long seed, int threads) {
    /** The name in {@code --model}. */
    public static final String NAME = "automl";

    /** What is kept for what comes after the search: seconds and a share of the limit, but never most of it. */
    private static final double RESERVE_SECONDS = 2.5;

    private static final double RESERVE_SHARE = 0.05;
    private static final double LEAST_SEARCH = 0.4;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * Refuses settings that could never work.
     *
     * @throws PipelineException of kind USAGE
     */
    public static void check(AutomlSettings settings) {
        Portfolio.check(settings.families());
    }

    /** Trains. */
    public TrainingResult train(Rows rows, Target target, Progress progress) {
        long start = System.nanoTime();
        Deadline deadline = settings.maxModels() == null ? Deadline.after(searchTime()) : Deadline.none();
        RowKeys keys = RowKeys.read(rows, target);
        CrossValidationSettings wanted = new CrossValidationSettings(
                settings.folds() == null ? Integer.valueOf(5) : settings.folds(),
                1,
                train.crossValidation().by());
        FoldPlan plan =
                FoldPlan.of(keys, target, wanted, rows.schema().inputs().size());
        List<Fold> folds = Folds.of(plan, keys, target, seed);
        if (folds.isEmpty()) {
            throw PipelineException.data("automl compares models on rows held out, and there are none: "
                    + plan.describe() + "; give it more rows, or name a model with --model");
        }
        Rows held = new TableRows(rows.schema(), rows.readAll());
        FoldData data =
                new FoldData(held, keys, target, folds, new Balancer(train.imbalance(), train.smote()), seed);
        List<Candidate<?>> candidates = Portfolio.of(target.task(), features, settings.families());
        if (settings.maxModels() != null) {
            candidates = candidates.subList(0, Math.min(candidates.size(), settings.maxModels()));
        }
        Metric metric = settings.metric() == null ? Metric.primary(target.task()) : settings.metric();
        progress.begin("automl", (long) candidates.size() * folds.size());
        Search.Result found = new Search(data, metric, candidates, deadline, threads, progress).run();
        progress.end();
        double searched = (System.nanoTime() - start) / 1e9;
        Ensemble ensemble = found.ensemble();
        List<FoldOutcome<AutomlSettings>> outcomes = outcomes(ensemble, data);
        Judgement judgement = Judgement.of(outcomes, keys, target, train.calibration(), train.threshold());
        Assembled all = assemble(ensemble.members(), target);
        double assembled = (System.nanoTime() - start) / 1e9;
        List<PermutationImportance> permutation = importance(ensemble, data, target);
        Leaderboard leaderboard = Leaderboards.of(found, data, metric);
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("search", searched);
        seconds.put("ensemble", assembled - searched);
        seconds.put("importance", (System.nanoTime() - start) / 1e9 - assembled);
        TrainingSummary summary = new TrainingSummary(
                NAME,
                JSON.convertValue(settings, new TypeReference<LinkedHashMap<String, Object>>() {}),
                target,
                keys.rows(),
                all.preprocessor().preprocessor().features().size(),
                train.imbalance().name().toLowerCase(Locale.ROOT),
                plan,
                plan.describe(),
                judgement.scores(),
                Spread.of(judgement.scores()),
                judgement.calibration(),
                judgement.threshold(),
                List.of(),
                all.model().importance(),
                permutation,
                leaderboard,
                seconds,
                List.of());
        return new TrainingResult(
                all.model(),
                all.preprocessor().preprocessor(),
                judgement.calibration().calibration(),
                judgement.decision(),
                judgement.outOfFold(),
                summary);
    }

    private Duration searchTime() {
        double limit = settings.timeLimit();
        double seconds = Math.max(LEAST_SEARCH * limit, (1 - RESERVE_SHARE) * limit - RESERVE_SECONDS);
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static List<FoldOutcome<AutomlSettings>> outcomes(Ensemble ensemble, FoldData data) {
        List<FoldOutcome<AutomlSettings>> outcomes = new ArrayList<>();
        for (int i = 0; i < data.folds().size(); i++) {
            outcomes.add(new FoldOutcome<>(
                    data.folds().get(i),
                    ensemble.outputsOf(i),
                    AutomlSettings.defaults(),
                    0,
                    List.of(),
                    Map.of(),
                    0));
        }
        return outcomes;
    }

    private List<PermutationImportance> importance(Ensemble ensemble, FoldData data, Target target) {
        Assembled first = assemble(ensemble.membersOf(0), target);
        FeatureMatrix heldOut = first.preprocessor().preprocessor().transform(data.heldOut(0));
        return PermutationImportance.merge(
                List.of(PermutationImportance.measure(
                        first.model(),
                        heldOut,
                        data.truth(0),
                        target,
                        Math.min(500, train.importanceRows()),
                        seed)),
                target);
    }

    /** An ensemble as a model, and what makes its matrix. */
    private record Assembled(TrainedModel model, PreprocessorUnion preprocessor) {}

    private static Assembled assemble(List<Ensemble.Share> shares, Target target) {
        PreprocessorUnion union = PreprocessorUnion.of(
                shares.stream().map(share -> share.model().preprocessor()).toList());
        List<EnsembleModel.Member> members = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            FoldModel model = shares.get(i).model();
            members.add(new EnsembleModel.Member(
                    model.model(),
                    model.preprocessor().features().stream().map(each -> each.name()).toList(),
                    union.columns().get(i),
                    shares.get(i).weight()));
        }
        return new Assembled(
                new EnsembleModel(members, union.preprocessor().features(), target.outputs()), union);
    }
}
