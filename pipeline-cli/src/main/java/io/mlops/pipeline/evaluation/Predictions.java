package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model said about rows whose target is known. The arrays are not copied, so nobody may change them.
 *
 * @param truth the target of each row, as {@link Target#values} gives it
 * @param outputs what the model gave, row by row, {@link Target#outputs} numbers each
 * @param decision how a class is chosen; means nothing for a regression
 * @param region what the truth may be; null where nobody asks whether it is
 * @param weights how much each row counts; null where all count the same
 */
public record Predictions(
        Target target,
        double[] truth,
        double[] outputs,
        Decision decision,
        @Nullable Region region,
        float @Nullable [] weights) {
    public Predictions {
        int rows = truth.length;
        if (rows == 0) {
            throw new IllegalArgumentException("there are no rows to evaluate");
        }
        if (outputs.length != (long) rows * target.outputs() || (weights != null && weights.length != rows)) {
            throw new IllegalArgumentException("truth, outputs and weights differ in their number of rows");
        }
        for (int i = 0; i < outputs.length; i++) {
            if (!Double.isFinite(outputs[i])) {
                throw new IllegalArgumentException(
                        "the model's output in row " + i / target.outputs() + " is " + outputs[i]);
            }
        }
    }

    /** Predictions of rows that all count the same. */
    public static Predictions of(Target target, double[] truth, double[] outputs, Decision decision) {
        return new Predictions(target, truth, outputs, decision, null, null);
    }

    /** The same with a region whose coverage is measured. */
    public Predictions within(@Nullable Region other) {
        return new Predictions(target, truth, outputs, decision, other, weights);
    }

    public int rows() {
        return truth.length;
    }

    /** The number a model gave a row for a class; class 0 for the value of a regression. */
    public double output(int row, int index) {
        return outputs[row * target.outputs() + index];
    }

    /** The index of the class chosen for a row. */
    public int decided(int row) {
        int classes = target.classes().size();
        return decision.decide(outputs, row * classes, classes);
    }

    /** How much a row counts. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The given rows, in the given order; a row may come more than once. */
    public Predictions select(int[] rows) {
        int width = target.outputs();
        double[] chosenTruth = new double[rows.length];
        double[] chosenOutputs = new double[Math.multiplyExact(rows.length, width)];
        float[] chosenWeights = weights == null ? null : new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosenTruth[i] = truth[rows[i]];
            System.arraycopy(outputs, rows[i] * width, chosenOutputs, i * width, width);
            if (weights != null && chosenWeights != null) {
                chosenWeights[i] = weights[rows[i]];
            }
        }
        return new Predictions(target, chosenTruth, chosenOutputs, decision, region, chosenWeights);
    }

    /**
     * Probabilities in the order of other classes; 0 for a class that the model does not know, and what it gave to classes
     * that are not wanted is left out.
     */
    public static double[] align(double[] outputs, List<String> from, List<String> to) {
        int rows = outputs.length / from.size();
        double[] aligned = new double[Math.multiplyExact(rows, to.size())];
        for (int each = 0; each < to.size(); each++) {
            int source = from.indexOf(to.get(each));
            for (int row = 0; source >= 0 && row < rows; row++) {
                aligned[row * to.size() + each] = outputs[row * from.size() + source];
            }
        }
        return aligned;
    }
}
