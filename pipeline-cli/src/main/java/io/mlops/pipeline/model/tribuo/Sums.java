package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * The weighted sums of a linear classifier: one for two classes, in favour of the second; else one per class.
 *
 * @param intercepts what is added to each sum
 * @param coefficients for each sum one coefficient per column
 */
record Sums(double[] intercepts, double[][] coefficients) {
    /** The sum of a class that never occurs: far below any other, but finite, since JSON has no infinity. */
    private static final double NEVER = -1000;

    private static final int ITERATIONS = 1000;
    private static final double TOLERANCE = 1e-4;

    /** Classes against the rest, by LibLinear. */
    static Sums libLinear(String learner, TrainingSet rows, LinearType type, double c, long seed) {
        Map<Label, Float> weights = Weights.perClass(learner, rows);
        if (weights.size() < 2) {
            return onlyOneClass(rows);
        }
        LibLinearClassificationTrainer trainer =
                new LibLinearClassificationTrainer(new LinearClassificationType(type), c, ITERATIONS, TOLERANCE, seed);
        trainer.setLabelWeights(weights);
        LibLinearClassificationModel trained = (LibLinearClassificationModel) trainer.train(Examples.labelled(rows));
        de.bwaldvogel.liblinear.Model inner = trained.getInnerModels().get(0);
        int[] numbers =
                Examples.numbers(trained.getFeatureIDMap(), rows.features().columns());
        Sums sums = empty(rows, rows.target().outputs() == 2 ? 1 : rows.target().outputs());
        for (int label = 0; label < inner.getNrClass(); label++) {
            int sum = sums.of(classOf(trained, inner.getLabels()[label]));
            if (sum >= 0) {
                sums.intercepts[sum] = inner.getDecfunBias(label);
                for (int column = 0; column < numbers.length; column++) {
                    // LibLinear counts its features from 1 on.
                    sums.coefficients[sum][column] =
                            numbers[column] < 0 ? 0 : inner.getDecfunCoef(numbers[column] + 1, label);
                }
            }
        }
        return sums;
    }

    /** A softmax over all classes, by stochastic gradients. */
    static Sums softmax(TrainingSet rows, LogisticParameters parameters, long seed) {
        if (Arrays.stream(rows.values()).distinct().count() < 2) {
            return onlyOneClass(rows);
        }
        LinearSGDTrainer trainer = new LinearSGDTrainer(
                new LogMulticlass(),
                new AdaGrad(parameters.learningRate(), 1e-6),
                parameters.epochsFor(rows.rows()),
                Integer.MAX_VALUE,
                parameters.batch(),
                seed);
        LinearSGDModel trained = trainer.train(Examples.labelled(rows));
        DenseMatrix weights = trained.getWeightsCopy();
        int[] numbers =
                Examples.numbers(trained.getFeatureIDMap(), rows.features().columns());
        Sums sums = empty(rows, rows.target().outputs());
        for (int label = 0; label < weights.getDimension1Size(); label++) {
            int sum = classOf(trained, label);
            // Tribuo keeps the intercept behind the last feature.
            sums.intercepts[sum] = weights.get(label, weights.getDimension2Size() - 1);
            for (int column = 0; column < numbers.length; column++) {
                sums.coefficients[sum][column] = numbers[column] < 0 ? 0 : weights.get(label, numbers[column]);
            }
        }
        return sums;
    }

    private static int classOf(Model<Label> trained, int number) {
        return Integer.parseInt(trained.getOutputIDInfo().getOutput(number).getLabel());
    }

    private static Sums empty(TrainingSet rows, int count) {
        double[] intercepts = new double[count];
        Arrays.fill(intercepts, NEVER);
        return new Sums(intercepts, new double[count][rows.features().columns()]);
    }

    /** The odds of Laplace's rule of succession for the one class that occurs. */
    private static Sums onlyOneClass(TrainingSet rows) {
        int present = (int) rows.values()[0];
        double odds = Math.log(rows.rows() + 1.0);
        Sums sums = empty(rows, rows.target().outputs() == 2 ? 1 : rows.target().outputs());
        if (sums.intercepts.length == 1) {
            sums.intercepts[0] = present == 1 ? odds : -odds;
        } else {
            Arrays.fill(sums.intercepts, 0);
            sums.intercepts[present] = odds + Math.log(rows.target().outputs() - 1.0);
        }
        return sums;
    }

    /** Which sum is in favour of a class; -1 where it is told by the other's. */
    private int of(int index) {
        return intercepts.length == 1 ? index - 1 : index;
    }

    /** One sum of one row. */
    double of(FeatureMatrix matrix, int row, int sum) {
        double[] weights = coefficients[sum];
        double result = intercepts[sum];
        for (int column = 0; column < weights.length; column++) {
            result += weights[column] * matrix.get(row, column);
        }
        return result;
    }

    /** The same sums, each bent by a logistic curve that was fitted to it. */
    Sums bent(Sums[] curves) {
        double[] bentIntercepts = new double[intercepts.length];
        double[][] bentCoefficients = new double[intercepts.length][];
        for (int k = 0; k < intercepts.length; k++) {
            double slope = curves[k].coefficients[0][0];
            bentIntercepts[k] = slope * intercepts[k] + curves[k].intercepts[0];
            bentCoefficients[k] =
                    Arrays.stream(coefficients[k]).map(each -> slope * each).toArray();
        }
        return new Sums(bentIntercepts, bentCoefficients);
    }
}
