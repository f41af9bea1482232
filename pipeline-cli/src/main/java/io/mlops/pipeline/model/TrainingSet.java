package io.mlops.pipeline.model;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.FeatureMatrix;
import org.jspecify.annotations.Nullable;

/**
 * What a learner learns from.
 *
 * @param values the target of each row, as {@link Target#values} gives it
 * @param weights the weight of each row; null where all weigh the same
 */
public record TrainingSet(FeatureMatrix features, Target target, double[] values, float @Nullable [] weights) {
    public TrainingSet {
        if (features.rows() != values.length || (weights != null && weights.length != values.length)) {
            throw new IllegalArgumentException("features, target and weights differ in their number of rows");
        }
    }

    public int rows() {
        return values.length;
    }

    /** The weight of a row. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The weighted share of each class, or the weighted mean: one number per output. */
    public double[] means() {
        double[] sums = new double[target.outputs()];
        double total = 0;
        for (int row = 0; row < values.length; row++) {
            double weight = weight(row);
            total += weight;
            if (target.task().isClassification()) {
                sums[(int) values[row]] += weight;
            } else {
                sums[0] += weight * values[row];
            }
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= total;
        }
        return sums;
    }

    /** The given rows, in the given order. */
    public TrainingSet select(int[] rows) {
        double[] chosen = new double[rows.length];
        float[] chosenWeights = weights == null ? null : new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
            if (weights != null && chosenWeights != null) {
                chosenWeights[i] = weights[rows[i]];
            }
        }
        return new TrainingSet(features.select(rows), target, chosen, chosenWeights);
    }
}
