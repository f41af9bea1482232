package io.mlops.pipeline.evaluation.calibration;

/** Which correction of probabilities is fitted. */
public enum CalibrationMethod {
    /** The one that helps the most, if one helps beyond noise. */
    AUTO,
    NONE,
    /** A logistic curve, for two classes. */
    PLATT,
    /** One exponent, for any number of classes. */
    TEMPERATURE,
    /** A non-decreasing curve, for two classes and many rows. */
    ISOTONIC
}
