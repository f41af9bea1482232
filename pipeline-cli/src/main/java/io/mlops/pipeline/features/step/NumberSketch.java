package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.Accumulator;
import java.util.Arrays;
import tech.tablesaw.api.DoubleColumn;

/**
 * How often each number occurs, in bounded space.
 *
 * <p>Exact up to a number of distinct values; beyond it, numbers that agree in their sign, exponent and leading bits are
 * counted together, with as many leading bits as fit (the uniform collapse of UDDSketch, Epicoco et al. 2020, on the bits
 * of the double). Only counts are kept, so the result depends on the numbers alone: not on their order, nor on how they
 * were divided among sketches that are merged.
 */
public final class NumberSketch implements Accumulator<DoubleColumn, NumberSketch, Distribution> {
    private final int limit;
    private long[] keys;
    private long[] counts;
    private int size;
    private int shift;
    private long missing;

    /** @param limit the most distinct values that are told apart */
    public NumberSketch(int limit) {
        this.limit = limit;
        int capacity = Integer.highestOneBit(Math.max(8, Math.min(limit, 64) * 2 - 1)) * 2;
        keys = new long[capacity];
        counts = new long[capacity];
    }

    @Override
    public void accept(DoubleColumn column) {
        for (int row = 0; row < column.size(); row++) {
            add(column.getDouble(row), 1);
        }
    }

    /** Adds a number that occurs {@code count} times; NaN counts as missing. */
    public void add(double number, long count) {
        if (Double.isNaN(number)) {
            missing += count;
        } else if (count > 0) {
            addKey(key(number) >> shift, count);
        }
    }

    @Override
    public void merge(NumberSketch other) {
        missing += other.missing;
        while (shift < other.shift) {
            collapse();
        }
        for (int i = 0; i < other.keys.length; i++) {
            if (other.counts[i] > 0) {
                // The shift may grow while keys are added.
                addKey(other.keys[i] >> (shift - other.shift), other.counts[i]);
            }
        }
    }

    @Override
    public Distribution finish() {
        long[] sorted = new long[size];
        int filled = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] > 0) {
                sorted[filled++] = keys[i];
            }
        }
        Arrays.sort(sorted);
        double[] values = new double[size];
        long[] sortedCounts = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = middle(sorted[i]);
            sortedCounts[i] = counts[slot(sorted[i])];
        }
        return new Distribution(values, sortedCounts, missing);
    }

    private void addKey(long key, long count) {
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        counts[slot] += count;
        if (size > limit) {
            do {
                collapse();
            } while (size > limit);
        } else if (size * 2 > keys.length) {
            rehash(0, keys.length * 2);
        }
    }

    private void collapse() {
        shift++;
        rehash(1, keys.length);
    }

    private void rehash(int by, int capacity) {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[capacity];
        counts = new long[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int slot = slot(oldKeys[i] >> by);
                if (counts[slot] == 0) {
                    keys[slot] = oldKeys[i] >> by;
                    size++;
                }
                counts[slot] += oldCounts[i];
            }
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 40) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The bits of a number, ordered as the numbers are; infinities count as the largest finite numbers. */
    private static long key(double number) {
        double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number)) + 0.0;
        long bits = Double.doubleToLongBits(finite);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private double middle(long key) {
        long lowest = key << shift;
        long highest = lowest | ((1L << shift) - 1);
        return shift == 0 ? number(lowest) : finite(number(lowest)) / 2 + finite(number(highest)) / 2;
    }

    private static double number(long key) {
        return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
    }

    private static double finite(double number) {
        if (Double.isNaN(number)) {
            return Math.copySign(Double.MAX_VALUE, number);
        }
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    }
}
