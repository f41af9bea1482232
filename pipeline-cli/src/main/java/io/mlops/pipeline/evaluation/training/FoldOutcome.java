package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.model.LearningCurve;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one fold.
 *
 * @param outputs what its model gave the rows that were held out
 * @param settled the hyperparameters for a fit on all rows
 * @param rounds after how many rounds boosting stopped; 0 where nothing was boosted
 * @param importance how much worse the model gets without each column; empty where it was not measured
 * @param selection which columns were learned from; null where none were selected
 * @param compared what the selection changed; null where that was not measured
 */
public record FoldOutcome<P extends Record>(
        Fold fold,
        double[] outputs,
        P settled,
        int rounds,
        List<LearningCurve> curves,
        Map<String, Double> importance,
        double seconds,
        @Nullable Selection selection,
        SelectionSummary.@Nullable Compared compared) {
    /** The outcome of a fold in which no columns were selected. */
    public FoldOutcome(
            Fold fold,
            double[] outputs,
            P settled,
            int rounds,
            List<LearningCurve> curves,
            Map<String, Double> importance,
            double seconds) {
        this(fold, outputs, settled, rounds, curves, importance, seconds, null, null);
    }
}
