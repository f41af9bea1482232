package io.mlops.pipeline.data.profile;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The quantiles of numbers in bounded memory; NaN is left out.
 *
 * <p>Up to the capacity they are exact. Beyond it a full level is sorted and every second number of it goes, with twice
 * the weight, to the next level, the odd and the even ones by turns (Manku, Rajagopalan and Lindsay 1998; KLL 2016 tosses a
 * coin instead). The rank of a value is then off by at most {@code log2(n / capacity) / capacity}: for a million numbers by
 * 0.5 %, mostly by far less. Of the libraries' sketches KLL and t-digest draw random numbers that nobody can seed, so that
 * two runs over the same rows would differ.
 */
public final class QuantileSketch {
    /** The numbers a level holds where nothing else is said. */
    public static final int CAPACITY = 2048;

    private final int capacity;
    private double[][] levels = {new double[16]};
    private int[] sizes = {0};
    private boolean[] odd = {false};
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private @Nullable Summary summary;

    public QuantileSketch() {
        this(CAPACITY);
    }

    /** @param capacity how many numbers a level holds */
    public QuantileSketch(int capacity) {
        this.capacity = capacity;
    }

    public void accept(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        add(0, value);
        summary = null;
    }

    /** Adds what another sketch has seen. */
    public void merge(QuantileSketch other) {
        for (int level = 0; level < other.levels.length; level++) {
            for (int i = 0; i < other.sizes[level]; i++) {
                add(level, other.levels[level][i]);
            }
        }
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        summary = null;
    }

    private void add(int level, double value) {
        while (level >= levels.length) {
            int size = levels.length + 1;
            levels = Arrays.copyOf(levels, size);
            levels[size - 1] = new double[16];
            sizes = Arrays.copyOf(sizes, size);
            odd = Arrays.copyOf(odd, size);
        }
        if (sizes[level] == capacity) {
            compact(level);
        }
        if (sizes[level] == levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], Math.min(capacity, sizes[level] * 4));
        }
        levels[level][sizes[level]++] = value;
    }

    private void compact(int level) {
        double[] values = levels[level];
        int size = sizes[level];
        Arrays.sort(values, 0, size);
        sizes[level] = 0;
        for (int i = odd[level] ? 1 : 0; i < size; i += 2) {
            add(level + 1, values[i]);
        }
        odd[level] = !odd[level];
    }

    /** How many numbers there were. */
    public long count() {
        return count;
    }

    /**
     * The value below which a share of the numbers lies, interpolated between neighbours (type 7 of Hyndman and Fan); NaN
     * where there are none.
     *
     * @param level from 0 to 1
     */
    public double quantile(double level) {
        return count == 0 ? Double.NaN : summary().quantile(level * (count - 1), min, max, count - 1);
    }

    /** The share of the numbers that are smaller than a value. */
    public double shareBelow(double value) {
        return count == 0 ? 0 : (double) summary().below(value) / count;
    }

    private Summary summary() {
        Summary current = summary;
        if (current == null) {
            current = Summary.of(levels, sizes);
            summary = current;
        }
        return current;
    }

    /**
     * The numbers that were kept, in order.
     *
     * @param before the weight of all numbers before each one, and of all at the end
     */
    private record Summary(double[] values, long[] before) {
        static Summary of(double[][] levels, int[] sizes) {
            int size = Arrays.stream(sizes).sum();
            double[] values = new double[size];
            double[] weights = new double[size];
            int next = 0;
            for (int level = 0; level < levels.length; level++) {
                System.arraycopy(levels[level], 0, values, next, sizes[level]);
                Arrays.fill(weights, next, next + sizes[level], (double) (1L << level));
                next += sizes[level];
            }
            DoubleArrays.radixSort(values, weights);
            long[] before = new long[size + 1];
            for (int i = 0; i < size; i++) {
                before[i + 1] = before[i] + (long) weights[i];
            }
            return new Summary(values, before);
        }

        /** The place of a number among all of them, that of the middle of those for which it stands. */
        private double place(int index) {
            return 0.5 * (before[index] + before[index + 1] - 1);
        }

        double quantile(double wanted, double min, double max, long last) {
            int low = 0;
            int high = values.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (place(middle) < wanted) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            double belowPlace = low == 0 ? 0 : place(low - 1);
            double below = low == 0 ? min : values[low - 1];
            double abovePlace = low == values.length ? last : place(low);
            double above = low == values.length ? max : values[low];
            if (below == above || abovePlace <= belowPlace) {
                return above;
            }
            double share = (wanted - belowPlace) / (abovePlace - belowPlace);
            return below * (1 - share) + above * share;
        }

        long below(double value) {
            int low = 0;
            int high = values.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (values[middle] < value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return before[low];
        }
    }
}
