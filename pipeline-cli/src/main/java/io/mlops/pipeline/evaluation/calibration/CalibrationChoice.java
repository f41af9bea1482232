package io.mlops.pipeline.evaluation.calibration;

import io.mlops.pipeline.model.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * The calibration that was kept, and why.
 *
 * @param method how it was fitted
 * @param logLossBefore of the rows that were held out; null where nothing was compared
 * @param logLossAfter of the same rows, each corrected by a calibration fitted without it; null where nothing was compared
 * @param reason for people
 */
public record CalibrationChoice(
        Calibration calibration,
        CalibrationMethod method,
        @Nullable Double logLossBefore,
        @Nullable Double logLossAfter,
        String reason) {
    /** No correction. */
    public static CalibrationChoice none(String reason) {
        return new CalibrationChoice(new Calibration.None(), CalibrationMethod.NONE, null, null, reason);
    }
}
