package io.mlops.pipeline.data.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a column and how often each occurs, as long as there are not too many. */
final class Levels {
    private static final int LONGEST = 200;

    private final int most;
    private long[] keys = new long[16];
    private int[] slots = new int[16];
    private int[] order = new int[8];
    private long[] counts = new long[8];
    private String[] labels = new String[8];
    private int size;
    private boolean overflown;

    /**
     * Makes an empty dictionary.
     *
     * @param most how many values it holds; further ones are only known to exist
     */
    Levels(int most) {
        this.most = most;
    }

    /** Counts a value, which equals another where their keys are equal. */
    void add(long key, char[] buffer, int offset, int length) {
        int mask = keys.length - 1;
        int slot = (int) Keys.mix(key) & mask;
        while (slots[slot] != 0) {
            if (keys[slot] == key) {
                counts[slots[slot] - 1]++;
                return;
            }
            slot = (slot + 1) & mask;
        }
        if (size == most || length > LONGEST) {
            overflown = true;
            return;
        }
        insert(slot, key, new String(buffer, offset, length));
    }

    private void insert(int slot, long key, String label) {
        if (size == counts.length) {
            counts = Arrays.copyOf(counts, size * 2);
            labels = Arrays.copyOf(labels, size * 2);
            order = Arrays.copyOf(order, size * 2);
        }
        counts[size] = 1;
        labels[size] = label;
        order[size] = slot;
        size++;
        keys[slot] = key;
        slots[slot] = size;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        keys = new long[oldKeys.length * 2];
        slots = new int[oldKeys.length * 2];
        int mask = keys.length - 1;
        for (int value = 0; value < size; value++) {
            long key = oldKeys[order[value]];
            int slot = (int) Keys.mix(key) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            keys[slot] = key;
            slots[slot] = value + 1;
            order[value] = slot;
        }
    }

    /** Whether there are values that were not counted. */
    boolean overflown() {
        return overflown;
    }

    /** How many values are held. */
    int size() {
        return size;
    }

    long key(int value) {
        return keys[order[value]];
    }

    long count(int value) {
        return counts[value];
    }

    String label(int value) {
        return labels[value];
    }

    /** Whether a value occurred more than once. */
    boolean repeats() {
        for (int value = 0; value < size; value++) {
            if (counts[value] > 1) {
                return true;
            }
        }
        return false;
    }

    /** The labels with their counts, the most frequent first, those of one count by name. */
    Map<String, Long> byCount(int limit) {
        List<Integer> values = new ArrayList<>();
        for (int value = 0; value < size; value++) {
            values.add(value);
        }
        Collections.sort(values, (a, b) -> {
            int order = Long.compare(counts[b], counts[a]);
            return order != 0 ? order : labels[a].compareTo(labels[b]);
        });
        Map<String, Long> all = new LinkedHashMap<>();
        for (int value : values.subList(0, Math.min(limit, size))) {
            all.merge(labels[value], counts[value], Long::sum);
        }
        return all;
    }
}
