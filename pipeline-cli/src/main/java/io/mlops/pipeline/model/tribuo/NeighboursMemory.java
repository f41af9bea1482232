package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.List;

/**
 * The training rows that a model of nearest neighbours keeps; its {@code model.json}.
 *
 * @param outputs how many outputs a row has: one per class, or one
 * @param base the share of each class, or the mean
 * @param features the names of the features
 * @param rows the features of each row
 * @param values the index of each row's class, or its value
 * @param weights the weight of each row
 */
record NeighboursMemory(
        NeighboursParameters parameters,
        int outputs,
        double[] base,
        List<String> features,
        float[][] rows,
        double[] values,
        float[] weights) {
    NeighboursMemory {
        features = List.copyOf(features);
        int columns = features.size();
        if (rows.length != values.length
                || rows.length != weights.length
                || base.length != outputs
                || Arrays.stream(rows).anyMatch(row -> row.length != columns)) {
            throw new IllegalArgumentException("rows, values and weights differ in their number");
        }
    }

    static NeighboursMemory of(NeighboursParameters parameters, TrainingSet training) {
        int columns = training.features().columns();
        float[][] rows = new float[training.rows()][];
        float[] weights = new float[rows.length];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(training.features().values(), row * columns, (row + 1) * columns);
            weights[row] = (float) training.weight(row);
        }
        List<String> features =
                training.features().features().stream().map(Feature::name).toList();
        return new NeighboursMemory(
                parameters, training.target().outputs(), training.means(), features, rows, training.values(), weights);
    }
}
