package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.ensemble.Blend;
import java.util.List;

/**
 * A model of models' predictions, with a weight for each that is not negative and an intercept for each output: a pool of
 * logarithms of probabilities, for two classes the same as a logistic regression on log-odds, or a weighted sum of values.
 * It must be given predictions for rows that the models had not learned from.
 */
record Stacking(double[] weights, Blend blend) {
    /** How strongly weights are drawn to equal ones, beside the mean loss of a row; models that are alike then share it. */
    static final double RIDGE = 1e-3;

    /**
     * Fits one.
     *
     * @param outputs what each model gave, all for the same rows
     * @param truth the targets of these rows
     */
    static Stacking fit(List<double[]> outputs, double[] truth, Target target) {
        return target.task().isClassification()
                ? new LogPool(outputs, truth, target.outputs()).fit()
                : LeastSquares.fit(outputs, truth);
    }
}
