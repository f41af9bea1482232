package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.features.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes numbers and categories into a few codes 0, 1, …, whose information can be counted. */
final class Variables {
    /** Into how many codes at most, those for what is missing or rare not counted. */
    static final int MOST = 10;

    private Variables() {}

    /** The codes of some features of one column: those of an indicator group are one variable. */
    static int[][] of(FeatureMatrix matrix, int[] places) {
        int[] group = Arrays.stream(places)
                .filter(place -> matrix.features().get(place).indicator())
                .toArray();
        int[] single = Arrays.stream(places)
                .filter(place -> !matrix.features().get(place).indicator())
                .toArray();
        int[][] codes = new int[single.length + (group.length > 0 ? 1 : 0)][];
        for (int i = 0; i < single.length; i++) {
            int place = single[i];
            double[] values = IntStream.range(0, matrix.rows())
                    .mapToDouble(row -> matrix.get(row, place))
                    .toArray();
            codes[i] = matrix.features().get(place).isCategorical() ? levels(values) : bins(values);
        }
        if (group.length > 0) {
            codes[single.length] = levels(IntStream.range(0, matrix.rows())
                    .mapToDouble(row -> active(matrix, row, group))
                    .toArray());
        }
        return codes;
    }

    private static int active(FeatureMatrix matrix, int row, int[] group) {
        for (int i = 0; i < group.length; i++) {
            if (matrix.get(row, group[i]) > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Bins with nearly equal numbers of rows; missing values are a bin of their own. */
    static int[] bins(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] bounds = IntStream.range(1, MOST)
                .mapToDouble(bin -> sorted.length == 0 ? 0 : sorted[(int) ((long) bin * sorted.length / MOST)])
                .distinct()
                .toArray();
        int[] codes = new int[values.length];
        for (int row = 0; row < codes.length; row++) {
            if (Double.isNaN(values[row])) {
                codes[row] = MOST;
            } else {
                int found = Arrays.binarySearch(bounds, values[row]);
                codes[row] = found >= 0 ? found + 1 : -found - 1;
            }
        }
        return codes;
    }

    /** The commonest levels by themselves, all others as one. */
    private static int[] levels(double[] values) {
        Map<Double, Integer> counts = new LinkedHashMap<>();
        for (double value : values) {
            counts.merge(value, 1, Integer::sum);
        }
        Map<Double, Integer> codes = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Double, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .forEach(each -> codes.put(each.getKey(), codes.size()));
        return Arrays.stream(values)
                .mapToInt(value -> codes.getOrDefault(value, MOST))
                .toArray();
    }
}
