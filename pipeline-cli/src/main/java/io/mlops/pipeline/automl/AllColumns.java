package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.SelectionSummary.Compared;
import io.mlops.pipeline.evaluation.validation.FoldRunner;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.progress.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a selection of columns cost or gained: one candidate is fitted on all columns as well.
 *
 * @param fit as the candidate was fitted on the selected ones
 */
record AllColumns(FoldData data, Fit fit, int threads) {
    /** All columns take longer than the selected ones. */
    private static final double LONGER = 2;

    /** Fits on all columns. */
    interface Fit {
        /** What a candidate's model gives the rows that a fold holds out. */
        double[] outputs(Candidate<?> candidate, int fold, Deadline deadline);

        /** As a search does. */
        static Fit of(FoldData all) {
            return (candidate, fold, deadline) -> {
                FoldData.Sets sets = all.of(candidate, fold);
                return candidate
                        .fit(sets, new FitContext(all.seed(fold), 1, deadline))
                        .predict(sets.heldOut().features());
            };
        }
    }

    /**
     * The one that is fitted again: the first that stops early by itself, as boosting does, else the first that learns
     * anything. Its place decides alone, for the best with the selected columns would flatter them.
     */
    static Optional<Contender> example(List<Contender> contenders) {
        return contenders.stream()
                .filter(each -> !(each.candidate().learner() instanceof Baseline))
                .filter(each -> each.models().stream().noneMatch(FoldModel::cut))
                .min(Comparator.comparing(each -> !stopsEarly(each.candidate())));
    }

    private static <P extends Record> boolean stopsEarly(Candidate<P> candidate) {
        return candidate.learner().stopsEarly(candidate.parameters());
    }

    /** Both scores of each fold for which there is time. */
    List<Compared> compare(Contender selected, Deadline deadline) {
        return FoldRunner.run(
                        data.folds(),
                        threads,
                        threads,
                        (fold, each) -> compare(selected, data.folds().indexOf(fold), deadline),
                        Progress.NONE)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Compared> compare(Contender selected, int fold, Deadline deadline) {
        FoldModel own = selected.models().get(fold);
        if (deadline.isLimited() && LONGER * own.seconds() > deadline.left().toNanos() / 1e9) {
            return Optional.empty();
        }
        try {
            double[] others = fit.outputs(selected.candidate(), fold, deadline);
            Compared compared = new Compared(score(own.outputs(), fold), score(others, fold));
            // Undefined where a fold holds out rows of one class only.
            boolean defined = Double.isFinite(compared.selected()) && Double.isFinite(compared.all());
            return defined && !deadline.passed() ? Optional.of(compared) : Optional.empty();
        } catch (PipelineException e) {
            // All columns are too much for it, which is no reason to do without a result.
            return Optional.empty();
        }
    }

    private double score(double[] outputs, int fold) {
        SelectionLoss loss = new SelectionLoss(Metric.primary(data.target().task()), data.target(), data.truth(fold));
        return loss.metric(loss.applyAsDouble(outputs));
    }
}
