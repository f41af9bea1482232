package io.mlops.pipeline.evaluation.imbalance;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a matrix as points whose distance counts numbers and categories alike: a number by standard deviations, a
 * category or a missing value on one side as one standard deviation (SMOTE-NC's median deviation, after scaling 1).
 */
final class MixedSpace {
    /** A difference of two categories, squared: half of it for each of two indicators that differ. */
    private static final float MISMATCH = 1;

    private final FeatureMatrix matrix;
    /** The factor of each number; 0 for a category, an indicator and a constant. */
    private final float[] scale;
    /** The columns of codes and of words that are 0 or 1 in every row. */
    private final int[] codes;
    /** The columns of each group of indicators. */
    private final List<int[]> groups;

    MixedSpace(FeatureMatrix matrix) {
        this.matrix = matrix;
        this.scale = new float[matrix.columns()];
        List<Integer> codeColumns = new ArrayList<>();
        Map<String, List<Integer>> indicators = new LinkedHashMap<>();
        for (int column = 0; column < scale.length; column++) {
            Feature feature = matrix.features().get(column);
            if (feature.indicator()) {
                indicators
                        .computeIfAbsent(feature.source(), source -> new ArrayList<>())
                        .add(column);
            } else if (feature.isCategorical() || isZeroOrOne(column)) {
                codeColumns.add(column);
            } else {
                double deviation = deviation(column);
                scale[column] = deviation > 0 ? (float) (1 / deviation) : 0;
            }
        }
        this.codes = toArray(codeColumns);
        this.groups = indicators.values().stream().map(MixedSpace::toArray).toList();
    }

    FeatureMatrix matrix() {
        return matrix;
    }

    int[] codes() {
        return codes;
    }

    List<int[]> groups() {
        return groups;
    }

    boolean isNumber(int column) {
        return scale[column] > 0;
    }

    /** The squared distance of two rows, or some number above the limit where it is above that. */
    float distance(int a, int b, float limit) {
        float[] values = matrix.values();
        int columns = scale.length;
        int left = a * columns;
        int right = b * columns;
        float sum = 0;
        for (int column : codes) {
            if (Float.compare(values[left + column], values[right + column]) != 0) {
                sum += MISMATCH;
            }
        }
        for (int column = 0; column < columns; column++) {
            if (scale[column] > 0) {
                float difference = (values[left + column] - values[right + column]) * scale[column];
                if (!Float.isNaN(difference)) {
                    sum += difference * difference;
                } else if (Float.isNaN(values[left + column]) != Float.isNaN(values[right + column])) {
                    sum += MISMATCH;
                }
            }
        }
        for (int g = 0; g < groups.size() && sum <= limit; g++) {
            for (int column : groups.get(g)) {
                if (values[left + column] != values[right + column]) {
                    sum += MISMATCH / 2;
                }
            }
        }
        return sum;
    }

    private boolean isZeroOrOne(int column) {
        for (int row = 0; row < matrix.rows(); row++) {
            float value = matrix.get(row, column);
            if (value != 0 && value != 1 && !Float.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    private double deviation(int column) {
        double mean = 0;
        double squares = 0;
        int seen = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            float value = matrix.get(row, column);
            if (!Float.isNaN(value)) {
                seen++;
                double delta = value - mean;
                mean += delta / seen;
                squares += delta * (value - mean);
            }
        }
        return seen > 1 ? Math.sqrt(squares / seen) : 0;
    }

    private static int[] toArray(List<Integer> columns) {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }
}
