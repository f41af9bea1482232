package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Task;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How well one column alone predicts the target: the mean of the target by value, or by slice of numbers, on one half of
 * the sample, judged on the other half.
 */
final class SinglePredictor {
    private static final int SLICES = 40;
    private static final int FEWEST_ROWS_A_VALUE = 5;

    private final RowSample sample;
    private final int target;
    private final Task task;
    private final Map<Long, Integer> classes = new HashMap<>();

    SinglePredictor(RowSample sample, int target, Task task) {
        this.sample = sample;
        this.target = target;
        this.task = task;
    }

    /**
     * The share of what there is to explain that the column explains: of the variance for a number, of the probability
     * (as Gini impurity) for classes; 0 for nothing and 1 for all.
     */
    double score(int column) {
        int[] slice = slices(column);
        int slices = Arrays.stream(slice).max().orElse(0) + 1;
        if (slices * (long) FEWEST_ROWS_A_VALUE > sample.size()) {
            return 0;
        }
        return task.isClassification() ? classScore(slice, slices) : valueScore(slice, slices);
    }

    private double valueScore(int[] slice, int slices) {
        double[] sums = new double[slices];
        long[] counts = new long[slices];
        double sum = 0;
        long count = 0;
        for (int row = 0; row < slice.length; row++) {
            double value = Keys.number(sample.key(row, target));
            if (sample.firstHalf(row) && !Double.isNaN(value)) {
                sums[slice[row]] += value;
                counts[slice[row]]++;
                sum += value;
                count++;
            }
        }
        double mean = sum / Math.max(1, count);
        double left = 0;
        double all = 0;
        for (int row = 0; row < slice.length; row++) {
            double value = Keys.number(sample.key(row, target));
            if (!sample.firstHalf(row) && !Double.isNaN(value)) {
                double guess = counts[slice[row]] == 0 ? mean : sums[slice[row]] / counts[slice[row]];
                left += (value - guess) * (value - guess);
                all += (value - mean) * (value - mean);
            }
        }
        return all == 0 ? 0 : 1 - left / all;
    }

    private double classScore(int[] slice, int slices) {
        Map<Long, Integer> codes = codes();
        int count = codes.size();
        if (count < 2 || (long) slices * count > 5_000_000) {
            return 0;
        }
        double[][] seen = new double[slices][count];
        double[] slicesSeen = new double[slices];
        double[] all = new double[count];
        double rows = 0;
        for (int row = 0; row < slice.length; row++) {
            Integer label = codes.get(sample.key(row, target));
            if (sample.firstHalf(row) && label != null) {
                seen[slice[row]][label]++;
                slicesSeen[slice[row]]++;
                all[label]++;
                rows++;
            }
        }
        double left = 0;
        double base = 0;
        for (int row = 0; row < slice.length; row++) {
            Integer label = codes.get(sample.key(row, target));
            if (!sample.firstHalf(row) && label != null) {
                for (int other = 0; other < count; other++) {
                    double truth = other == label ? 1 : 0;
                    double prior = all[other] / Math.max(1, rows);
                    double guess =
                            slicesSeen[slice[row]] == 0 ? prior : seen[slice[row]][other] / slicesSeen[slice[row]];
                    left += (truth - guess) * (truth - guess);
                    base += (truth - prior) * (truth - prior);
                }
            }
        }
        return base == 0 ? 0 : 1 - left / base;
    }

    private Map<Long, Integer> codes() {
        if (classes.isEmpty()) {
            for (int row = 0; row < sample.size(); row++) {
                long key = sample.key(row, target);
                if (key != Keys.MISSING) {
                    classes.putIfAbsent(key, classes.size());
                }
            }
        }
        return classes;
    }

    /** The slice of each row: 0 where the cell is missing, else that of its number, or a slice for each word. */
    private int[] slices(int column) {
        int[] slice = new int[sample.size()];
        double[] sorted = new double[slice.length];
        int numbers = 0;
        for (int row = 0; row < slice.length; row++) {
            double value = Keys.number(sample.key(row, column));
            if (!Double.isNaN(value)) {
                sorted[numbers++] = value;
            }
        }
        sorted = Arrays.copyOf(sorted, numbers);
        Arrays.sort(sorted);
        double[] bounds = bounds(sorted);
        Map<Long, Integer> words = new HashMap<>();
        for (int row = 0; row < slice.length; row++) {
            long key = sample.key(row, column);
            if (key == Keys.MISSING) {
                continue;
            }
            if (Keys.isNumber(key)) {
                int found = Arrays.binarySearch(bounds, Keys.number(key));
                slice[row] = 1 + (found >= 0 ? found : -found - 1);
            } else {
                slice[row] = 2 + bounds.length + words.computeIfAbsent(key, each -> words.size());
            }
        }
        return slice;
    }

    /** Upper bounds that cut sorted numbers into slices of about equal size; every number by itself where they are few. */
    private static double[] bounds(double[] sorted) {
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        if (distinct.length <= SLICES) {
            return distinct;
        }
        int slices = Math.max(2, Math.min(SLICES * 5, sorted.length / (4 * FEWEST_ROWS_A_VALUE)));
        double[] bounds = new double[slices - 1];
        for (int i = 1; i < slices; i++) {
            bounds[i - 1] = sorted[(int) ((long) i * sorted.length / slices)];
        }
        return Arrays.stream(bounds).distinct().toArray();
    }
}
