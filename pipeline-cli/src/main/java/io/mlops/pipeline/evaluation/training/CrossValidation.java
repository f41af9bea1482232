package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.threshold.CostMatrix;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cross-validates one family with many hyperparameters, on the same folds as {@link Training} would; what a fold is learned
 * from is prepared once, as far as there is memory. Safe to use from several threads.
 */
public final class CrossValidation<P extends Record> {
    /** The share of the heap that prepared folds may take. */
    private static final double HEAP_SHARE = 0.25;

    private final FoldFit<P> fit;
    private final TrainSettings settings;
    private final FoldPlan plan;
    private final List<Fold> folds;
    private final Prepared[] prepared;
    private double room = HEAP_SHARE * Runtime.getRuntime().maxMemory();

    /**
     * Cuts the folds.
     *
     * @param parameters whether these stop early decides whether rows are set aside for it
     * @throws PipelineException where no rows can be held out
     */
    public CrossValidation(
            Learner<P> learner,
            P parameters,
            FeatureSettings features,
            TrainSettings settings,
            Rows rows,
            Target target,
            long seed) {
        this.settings = settings;
        learner.requireTask(target.task());
        RowKeys keys = RowKeys.read(rows, target);
        plan = FoldPlan.of(
                keys, target, settings.crossValidation(), rows.schema().inputs().size());
        List<Fold> cut = new ArrayList<>(
                Folds.toCompare(plan, keys, target, seed, "hyperparameters are compared on rows held out"));
        // A first impression is of the first one, which should hold out rows of several classes.
        cut.stream()
                .filter(each -> Folds.isTelling(each.heldOut(), keys, target))
                .findFirst()
                .ifPresent(first -> {
                    cut.remove(first);
                    cut.add(0, first);
                });
        folds = List.copyOf(cut);
        Rows held = rows.count() <= Training.MOST_IN_MEMORY ? new TableRows(rows.schema(), rows.readAll()) : rows;
        fit = new FoldFit<>(
                learner,
                parameters,
                features,
                held,
                keys,
                target,
                new Balancer(settings.imbalance(), settings.smote()),
                plan.by(),
                settings.stoppingShare(),
                0,
                seed);
        prepared =
                IntStream.range(0, folds.size()).mapToObj(i -> new Prepared()).toArray(Prepared[]::new);
    }

    public FoldPlan plan() {
        return plan;
    }

    /** How many fits a whole cross-validation takes. */
    public int size() {
        return folds.size();
    }

    /**
     * One fit.
     *
     * @param fold which, from 0 on
     */
    public FoldOutcome<P> fit(int fold, P parameters, int threads, Deadline deadline) {
        return fit.fit(data(fold, threads), parameters, threads, deadline);
    }

    private PreparedFold data(int fold, int threads) {
        Prepared place = prepared[fold];
        synchronized (place) {
            if (place.data != null) {
                return place.data;
            }
            PreparedFold data = fit.prepare(folds.get(fold), threads).alone();
            if (take(data.bytes())) {
                place.data = data;
            }
            return data;
        }
    }

    private synchronized boolean take(double bytes) {
        if (bytes > room) {
            return false;
        }
        room -= bytes;
        return true;
    }

    /**
     * The mean of a metric over folds, as {@link Training} gives it: probabilities are corrected and the threshold is chosen
     * by the other folds. Of a part of the folds, the probabilities count as they are.
     *
     * @return not a number where the metric has no value in any of them
     */
    public double score(Metric metric, List<FoldOutcome<P>> outcomes) {
        Judgement judgement = Judgement.of(
                outcomes,
                fit.keys(),
                fit.target(),
                outcomes.size() < folds.size() ? settings.uncalibrated() : settings,
                CostMatrix.of(settings.costs(), settings.threshold(), fit.target()),
                "rows that no fold's model had seen");
        Spread spread = Spread.of(judgement.scores()).get(metric.key());
        return spread == null ? Double.NaN : spread.mean();
    }

    /** The place of a fold's data. */
    private static final class Prepared {
        private @Nullable PreparedFold data;
    }
}
