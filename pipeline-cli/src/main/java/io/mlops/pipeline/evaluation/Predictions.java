package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What a model said about rows whose target is known. The arrays are not copied, so nobody may change them.
 *
 * @param truth the target of each row, as {@link Target#values} gives it
 * @param outputs what the model gave, row by row, {@link Target#outputs} numbers each
 * @param decided the index of the class that was decided for each row; empty for a regression
 * @param weights how much each row counts; null where all count the same
 */
public record Predictions(Target target, double[] truth, double[] outputs, int[] decided, float @Nullable [] weights) {
    public Predictions {
        int rows = truth.length;
        if (rows == 0) {
            throw new IllegalArgumentException("there are no rows to evaluate");
        }
        if (outputs.length != (long) rows * target.outputs()
                || decided.length != (target.task().isClassification() ? rows : 0)
                || (weights != null && weights.length != rows)) {
            throw new IllegalArgumentException("truth, outputs, decisions and weights differ in their number of rows");
        }
        for (int i = 0; i < outputs.length; i++) {
            if (!Double.isFinite(outputs[i])) {
                throw new IllegalArgumentException(
                        "the model's output in row " + i / target.outputs() + " is " + outputs[i]);
            }
        }
    }

    /** Predictions with the class decided. */
    public static Predictions of(
            Target target, double[] truth, double[] outputs, Decision decision, float @Nullable [] weights) {
        int classes = target.classes().size();
        int[] decided = new int[classes == 0 ? 0 : truth.length];
        for (int row = 0; row < decided.length; row++) {
            decided[row] = decision.decide(outputs, row * classes, classes);
        }
        return new Predictions(target, truth, outputs, decided, weights);
    }

    /** Predictions of rows that all count the same, with the class decided. */
    public static Predictions of(Target target, double[] truth, double[] outputs, Decision decision) {
        return of(target, truth, outputs, decision, null);
    }

    public int rows() {
        return truth.length;
    }

    /** The number a model gave a row for a class; class 0 for the value of a regression. */
    public double output(int row, int index) {
        return outputs[row * target.outputs() + index];
    }

    /** The given rows, in the given order; a row may come more than once. */
    public Predictions select(int[] rows) {
        int width = target.outputs();
        double[] chosenTruth = new double[rows.length];
        double[] chosenOutputs = new double[Math.multiplyExact(rows.length, width)];
        int[] chosenDecided = new int[decided.length == 0 ? 0 : rows.length];
        float[] chosenWeights = weights == null ? null : new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosenTruth[i] = truth[rows[i]];
            System.arraycopy(outputs, rows[i] * width, chosenOutputs, i * width, width);
            if (chosenDecided.length > 0) {
                chosenDecided[i] = decided[rows[i]];
            }
            if (weights != null && chosenWeights != null) {
                chosenWeights[i] = weights[rows[i]];
            }
        }
        return new Predictions(target, chosenTruth, chosenOutputs, chosenDecided, chosenWeights);
    }
}
