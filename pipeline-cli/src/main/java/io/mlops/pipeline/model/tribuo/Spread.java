package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much each feature moves a linear model: its coefficients' size times the standard deviation of its values. */
final class Spread {
    private Spread() {}

    /** The share of each feature; all 0 where none moves anything. */
    static double[] importances(FeatureMatrix matrix, double[][] coefficients) {
        double[] shares = new double[matrix.columns()];
        double total = 0;
        for (int column = 0; column < shares.length; column++) {
            double size = 0;
            for (double[] weights : coefficients) {
                size += Math.abs(weights[column]);
            }
            shares[column] = size == 0 ? 0 : size * deviation(matrix, column);
            total += shares[column];
        }
        for (int column = 0; column < shares.length && total > 0; column++) {
            shares[column] /= total;
        }
        return shares;
    }

    private static double deviation(FeatureMatrix matrix, int column) {
        double sum = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            sum += matrix.get(row, column);
        }
        double mean = sum / matrix.rows();
        double squares = 0;
        for (int row = 0; row < matrix.rows(); row++) {
            double distance = matrix.get(row, column) - mean;
            squares += distance * distance;
        }
        return Math.sqrt(squares / matrix.rows());
    }

    /** The features that have a share, the greatest first. */
    static Map<String, Double> named(List<String> features, double[] shares) {
        List<Integer> order = new ArrayList<>();
        for (int column = 0; column < shares.length; column++) {
            if (shares[column] > 0) {
                order.add(column);
            }
        }
        order.sort(
                Comparator.comparingDouble((Integer column) -> shares[column]).reversed());
        Map<String, Double> named = new LinkedHashMap<>();
        for (int column : order) {
            named.put(features.get(column), shares[column]);
        }
        return Collections.unmodifiableMap(named);
    }
}
