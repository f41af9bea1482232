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
