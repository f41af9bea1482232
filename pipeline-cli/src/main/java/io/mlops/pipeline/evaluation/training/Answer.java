package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.calibration.CalibrationChoice;
import io.mlops.pipeline.evaluation.calibration.Calibrator;
import io.mlops.pipeline.evaluation.calibration.HeldOutOutputs;
import io.mlops.pipeline.evaluation.conformal.ConformalFit;
import io.mlops.pipeline.evaluation.threshold.ThresholdChoice;
import io.mlops.pipeline.evaluation.threshold.ThresholdSearch;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import org.jspecify.annotations.Nullable;

/**
 * How a model's outputs become answers, from what was given to rows held out.
 *
 * @param threshold null where there are not two classes
 * @param costs of decisions; null where nobody named any
 */
public record Answer(
        CalibrationChoice calibration,
        @Nullable ThresholdChoice threshold,
        @Nullable Costs costs,
        Conformal conformal) {

    /**
     * Chooses calibration, decision and regions.
     *
     * @param rows the outputs of rows that the models which gave them had not learned from
     * @param costs of decisions, see {@link io.mlops.pipeline.evaluation.threshold.CostMatrix}
     * @param source which rows these are, for people
     */
    public static Answer of(
            Target target, HeldOutOutputs rows, TrainSettings settings, @Nullable Costs costs, String source) {
        HeldOutOutputs once = rows.once();
        if (target.task() == Task.REGRESSION) {
            return new Answer(
                    CalibrationChoice.none("a number has no probability"),
                    null,
                    costs,
                    ConformalFit.fit(target, once.truth(), once.outputs(), source));
        }
        CalibrationChoice chosen = Calibrator.choose(rows, settings.calibration());
        return new Answer(
                chosen,
                threshold(target, rows, chosen.calibration(), settings, costs),
                costs,
                // A calibration keeps the order, so the one that fresh rows get takes no side with those it was fitted
                // on.
                ConformalFit.fit(
                        target, once.truth(), chosen.calibration().apply(once.outputs(), once.classes()), source));
    }

    public Decision decision() {
        return decision(threshold, costs);
    }

    static Decision decision(@Nullable ThresholdChoice threshold, @Nullable Costs costs) {
        return new Decision(threshold == null ? Decision.defaults().threshold() : threshold.threshold(), costs);
    }

    /** The threshold for calibrated probabilities; null where there are not two classes. */
    static @Nullable ThresholdChoice threshold(
            Target target,
            HeldOutOutputs rows,
            Calibration calibration,
            TrainSettings settings,
            @Nullable Costs costs) {
        if (target.task() != Task.BINARY) {
            return null;
        }
        double[] corrected = calibration.apply(rows.outputs(), 2);
        double[] positive = new double[rows.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = corrected[2 * i + 1];
        }
        return costs == null || settings.costs().isEmpty()
                ? ThresholdSearch.choose(positive, rows.truth(), rows.distinct(), settings.threshold())
                : ThresholdSearch.ofCosts(positive, rows.truth(), rows.distinct(), costs);
    }
}
