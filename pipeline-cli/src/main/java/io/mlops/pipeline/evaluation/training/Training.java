package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.selection.Selected;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.FoldRunner;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.progress.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The procedure from clean training rows to a model with its calibration, threshold and scores.
 *
 * @param parameters the family's hyperparameters
 * @param features how the preprocessor is fitted, inside each fold
 * @param threads how many threads are used; never changes the result
 */
public record Training<P extends Record>(
        Learner<P> learner, P parameters, FeatureSettings features, TrainSettings settings, long seed, int threads) {
    /** Up to so many rows are held in memory while they are read once for each fold. */
    static final int MOST_IN_MEMORY = FoldPlan.ONE_PART;

    private static final int FEWEST_CELLS_FOR_THREADS = 50_000;

    private static final String STOPPING_ROWS =
            "the rows that decided when boosting stopped, so that errors of others may be a little larger";

    /**
     * Trains.
     *
     * @param fitted the preprocessor fitted on all training rows; null to fit it here
     */
    public TrainingResult train(Rows rows, Target target, @Nullable Preprocessor fitted, Progress progress) {
        learner.requireTask(target.task());
        features.select().check(rows.schema());
        // A class that is not there is refused before hours are spent.
        Costs costs = CostMatrix.of(settings.costs(), settings.threshold(), target);
        List<String> notes = new ArrayList<>();
        Seconds seconds = new Seconds();
        RowKeys keys = RowKeys.read(rows, target);
        FoldPlan plan = FoldPlan.of(
                keys, target, settings.crossValidation(), rows.schema().inputs().size());
        List<Fold> folds = Folds.of(plan, keys, target, seed);
        if (folds.size() < plan.folds() * plan.repeats()) {
            notes.add((plan.folds() * plan.repeats() - folds.size())
                    + " folds were left out, because one side of them had no rows or only one class");
        }
        boolean validated = !folds.isEmpty();
        if (!validated) {
            notes.add("the scores of " + learner.name() + " are not known from training: " + plan.describe());
            folds = stoppingSlice(plan, keys, target, notes);
        }
        Rows held = !folds.isEmpty() && rows.count() <= MOST_IN_MEMORY
                ? new TableRows(rows.schema(), rows.readAll())
                : rows;
        FoldFit<P> fit = foldFit(plan, held, keys, target, folds.size() / Math.max(1, plan.repeats()));
        progress.begin(validated ? "cross-validation" : "early stopping", folds.size());
        List<FoldOutcome<P>> outcomes = FoldRunner.run(
                folds,
                threads,
                workers(rows),
                (fold, each) -> validated ? fit.fit(fold, each) : fit.fitStoppingOnHeldOut(fold, each),
                progress);
        progress.end();
        seconds.lap(validated ? "cross_validation" : "early_stopping");
        Judgement judgement = Judgement.of(
                outcomes,
                keys,
                target,
                settings,
                costs,
                validated ? "rows that no fold's model had seen" : STOPPING_ROWS);
        Answer answer = judgement.answer();
        seconds.lap("calibration_and_threshold");
        progress.begin("fit on all training rows", 1);
        Preprocessor full = fitted != null && fitted.view() == learner.view()
                ? fitted
                : Preprocessor.fit(features, learner.view(), held, target, seed);
        TrainingSet wide = new TrainingSet(full.transformTraining(held), target, keys.values(), null);
        seconds.lap("features");
        Selected selected = Selected.of(features.select(), full, wide, keys, seed, threads);
        Preprocessor preprocessor = selected.preprocessor();
        TrainingSet all = selected.training();
        SelectionSummary selection = selection(selected, outcomes);
        if (selection != null) {
            notes.add(selection.inWords());
            notes.addAll(selection.notes());
            seconds.lap("selection");
        }
        P settled = settled(outcomes);
        TrainedModel model =
                learner.fit(settled, fit.balancer().balance(all, seed), null, new FitContext(seed, threadsFor(all)));
        progress.advance(1);
        progress.end();
        seconds.lap("fit");
        List<PermutationImportance> permutation = importance(outcomes, model, preprocessor, held, keys, target, notes);
        seconds.lap("importance");
        TrainingSummary summary = new TrainingSummary(
                learner.name(),
                Overlay.values(settled),
                target,
                keys.rows(),
                preprocessor.features().size(),
                settings.imbalance().name().toLowerCase(Locale.ROOT),
                plan,
                plan.describe(),
                validated ? judgement.scores() : List.of(),
                validated ? Spread.of(judgement.scores()) : Map.of(),
                answer.calibration(),
                answer.threshold(),
                curves(outcomes),
                model.importance(),
                permutation,
                null,
                selection,
                seconds.byPart(),
                notes);
        return new TrainingResult(
                model,
                preprocessor,
                answer.calibration().calibration(),
                answer.decision(),
                answer.conformal(),
                judgement.outOfFold(),
                summary);
    }

    private @Nullable SelectionSummary selection(Selected selected, List<FoldOutcome<P>> outcomes) {
        Selection last = selected.selection();
        return last == null
                ? null
                : SelectionSummary.of(
                        features.select().method(),
                        last,
                        outcomes.stream()
                                .map(FoldOutcome::selection)
                                .filter(Objects::nonNull)
                                .toList(),
                        learner.name(),
                        Metric.primary(selected.training().target().task()).key(),
                        outcomes.stream()
                                .map(FoldOutcome::compared)
                                .filter(Objects::nonNull)
                                .toList());
    }

    /** Where nothing validates, a slice still decides when boosting stops, and then the threshold as well. */
    private List<Fold> stoppingSlice(FoldPlan plan, RowKeys keys, Target target, List<String> notes) {
        Optional<Fold> slice = learner.stopsEarly(parameters)
                ? Folds.holdOut(keys, target, plan.by(), settings.stoppingShare(), seed)
                : Optional.empty();
        if (target.task().isClassification()) {
            notes.add(
                    slice.isPresent()
                            ? "calibration and threshold rest on the slice that decided when boosting stopped"
                            : "without held-out rows, probabilities are not calibrated and the threshold is not chosen");
        }
        return slice.map(List::of).orElse(List.of());
    }

    private FoldFit<P> foldFit(FoldPlan plan, Rows rows, RowKeys keys, Target target, int foldsAtOnce) {
        int importanceRows = (settings.importanceRows() + Math.max(1, foldsAtOnce) - 1) / Math.max(1, foldsAtOnce);
        return new FoldFit<>(
                learner,
                parameters,
                features,
                rows,
                keys,
                target,
                new Balancer(settings.imbalance(), settings.smote()),
                plan.by(),
                settings.stoppingShare(),
                importanceRows,
                seed);
    }

    /** One thread for little work, which others would only wait for. */
    private int threadsFor(TrainingSet all) {
        return all.features().values().length < FEWEST_CELLS_FOR_THREADS ? 1 : threads;
    }

    /** How many folds the memory has room for at a time: a matrix, a copy in the learner and one while it is made. */
    private static int workers(Rows rows) {
        long columns = 2L * rows.schema().inputs().size();
        long each = Math.max(1, rows.count() * columns * Float.BYTES * 3);
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / each));
    }

    /** The hyperparameters of the fold that stopped after the median number of rounds; the lower one of two. */
    private P settled(List<FoldOutcome<P>> outcomes) {
        List<FoldOutcome<P>> ordered = outcomes.stream()
                .filter(outcome -> outcome.rounds() > 0)
                .sorted(Comparator.comparingInt(FoldOutcome::rounds))
                .toList();
        return ordered.isEmpty()
                ? parameters
                : ordered.get((ordered.size() - 1) / 2).settled();
    }

    private List<PermutationImportance> importance(
            List<FoldOutcome<P>> outcomes,
            TrainedModel model,
            Preprocessor preprocessor,
            Rows rows,
            RowKeys keys,
            Target target,
            List<String> notes) {
        List<Map<String, Double>> measured = outcomes.stream()
                .map(FoldOutcome::importance)
                .filter(each -> !each.isEmpty())
                .toList();
        if (measured.isEmpty() && outcomes.isEmpty() && settings.importanceRows() > 0) {
            int step = Math.max(1, keys.rows() / settings.importanceRows());
            int[] sample = IntStream.range(0, keys.rows())
                    .filter(row -> row % step == 0)
                    .limit(settings.importanceRows())
                    .toArray();
            measured = List.of(PermutationImportance.measure(
                    model,
                    preprocessor.transform(new SelectedRows(rows, sample)),
                    FoldFit.pick(keys.values(), sample),
                    target,
                    settings.importanceRows(),
                    seed));
            notes.add(
                    "permutation importance was measured on training rows, which flatters what the model knows by heart");
        }
        return PermutationImportance.merge(measured, target);
    }

    private static List<TrainingSummary.FoldCurve> curves(List<? extends FoldOutcome<?>> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.curves().stream()
                        .map(curve ->
                                new TrainingSummary.FoldCurve(outcome.fold().index(), curve)))
                .toList();
    }

    /** A stopwatch with a name for each lap. */
    private static final class Seconds {
        private final Map<String, Double> laps = new LinkedHashMap<>();
        private long last = System.nanoTime();

        void lap(String part) {
            long now = System.nanoTime();
            laps.put(part, (now - last) / 1e9);
            last = now;
        }

        Map<String, Double> byPart() {
            return laps;
        }
    }
}
