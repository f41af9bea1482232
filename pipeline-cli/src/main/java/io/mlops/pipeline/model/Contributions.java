package io.mlops.pipeline.model;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the outputs of some rows come about: a sum that all rows start from, and what each column of the table adds to it.
 *
 * @param columns the columns of the table, see {@link #columns(FeatureMatrix)}
 * @param link how the sums become outputs
 * @param base what each sum starts from
 * @param values what is added, row by row, column by column, sum by sum
 */
public record Contributions(List<String> columns, Link link, double[] base, double[] values) {
    public Contributions {
        columns = List.copyOf(columns);
    }

    /** Contributions that are 0. */
    public static Contributions none(FeatureMatrix features, Link link, double[] base) {
        List<String> columns = columns(features);
        int size = Math.multiplyExact(Math.multiplyExact(features.rows(), columns.size()), base.length);
        return new Contributions(columns, link, base, new double[size]);
    }

    /** The columns of the table that features were made from, in the order of the features. */
    public static List<String> columns(FeatureMatrix features) {
        return features.features().stream().map(Feature::source).distinct().toList();
    }

    /** For each feature the index of its column among {@link #columns(FeatureMatrix)}. */
    public static int[] columnOfFeature(FeatureMatrix features) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        return features.features().stream()
                .mapToInt(feature -> {
                    indexes.putIfAbsent(feature.source(), indexes.size());
                    return indexes.get(feature.source());
                })
                .toArray();
    }

    public int rows() {
        return values.length / (columns.size() * base.length);
    }

    /** What a column adds to a sum of a row. */
    public double value(int row, int column, int sum) {
        return values[(row * columns.size() + column) * base.length + sum];
    }

    /** The sums of a row. */
    public double[] sums(int row) {
        double[] sums = base.clone();
        for (int column = 0; column < columns.size(); column++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += value(row, column, k);
            }
        }
        return sums;
    }

    /** What the sums make of each row: the model's own outputs, but for rounding. */
    public double[] outputs() {
        int width = link.outputs(base.length);
        double[] outputs = new double[rows() * width];
        for (int row = 0; row < rows(); row++) {
            link.write(sums(row), outputs, row * width);
        }
        return outputs;
    }
}
