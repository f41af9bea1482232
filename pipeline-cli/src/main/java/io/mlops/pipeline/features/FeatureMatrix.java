package io.mlops.pipeline.features;

import java.util.Arrays;
import java.util.List;

/**
 * A dense matrix of features, row by row, NaN where a value is missing.
 *
 * @param values {@code rows * features.size()} numbers; not copied, so nobody may change them
 */
public record FeatureMatrix(List<Feature> features, int rows, float[] values) {
    public FeatureMatrix {
        features = List.copyOf(features);
        if ((long) rows * features.size() != values.length) {
            throw new IllegalArgumentException(
                    rows + " rows of " + features.size() + " features are not " + values.length + " values");
        }
    }

    public int columns() {
        return features.size();
    }

    public float get(int row, int column) {
        return values[row * features.size() + column];
    }

    /** The given columns, in the given order. */
    public FeatureMatrix columns(int[] selected) {
        float[] chosen = new float[Math.multiplyExact(rows, selected.length)];
        int width = columns();
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int column : selected) {
                chosen[next++] = values[row * width + column];
            }
        }
        return new FeatureMatrix(Arrays.stream(selected).mapToObj(features::get).toList(), rows, chosen);
    }

    /** The given rows, in the given order. */
    public FeatureMatrix select(int[] selected) {
        int columns = columns();
        float[] chosen = new float[Math.multiplyExact(selected.length, columns)];
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(values, selected[i] * columns, chosen, i * columns, columns);
        }
        return new FeatureMatrix(features, selected.length, chosen);
    }
}
