package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.TrainingSet;
import org.tribuo.regression.liblinear.LibLinearRegressionModel;
import org.tribuo.regression.liblinear.LibLinearRegressionTrainer;
import org.tribuo.regression.liblinear.LinearRegressionType;
import org.tribuo.regression.liblinear.LinearRegressionType.LinearType;

/** Linear support vector regression by LibLinear. */
final class LinearValues {
    private static final int ITERATIONS = 1000;
    private static final double TOLERANCE = 1e-4;

    private LinearValues() {}

    /**
     * Fits.
     *
     * @param cost what a squared error beyond the tolerance costs
     * @param tolerance in standard deviations of the target
     */
    static LinearModel fit(String learner, TrainingSet rows, double cost, double tolerance, long seed) {
        Weights.requireNone(learner, rows);
        Scaling scaling = Scaling.of(rows);
        LibLinearRegressionModel trained = (LibLinearRegressionModel) new LibLinearRegressionTrainer(
                        new LinearRegressionType(LinearType.L2R_L2LOSS_SVR),
                        cost,
                        ITERATIONS,
                        TOLERANCE,
                        tolerance,
                        seed)
                .train(Examples.valued(rows, scaling));
        de.bwaldvogel.liblinear.Model inner = trained.getInnerModels().get(0);
        int[] numbers =
                Examples.numbers(trained.getFeatureIDMap(), rows.features().columns());
        double[][] coefficients = new double[1][numbers.length];
        for (int column = 0; column < numbers.length; column++) {
            if (numbers[column] >= 0) {
                // LibLinear counts its features from 1 on.
                coefficients[0][column] = scaling.deviation() * inner.getDecfunCoef(numbers[column] + 1, 0);
            }
        }
        double[] intercepts = {scaling.mean() + scaling.deviation() * inner.getDecfunBias(0)};
        return LinearModel.of(learner, LinearModel.Kind.VALUE, rows, intercepts, coefficients);
    }
}
