package io.mlops.pipeline.data.inference;

import java.util.Objects;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/** How many different keys there are: exactly up to a bound, then to about one in a hundred. */
final class KeySet {
    private final int most;
    private long @Nullable [] keys = new long[64];
    private int size;
    private boolean zero;
    private boolean repeats;
    private @Nullable HllSketch sketch;

    /**
     * Makes an empty set.
     *
     * @param most how many keys are counted exactly
     */
    KeySet(int most) {
        this.most = most;
    }

    void add(long key) {
        if (sketch != null) {
            sketch.update(key);
            return;
        }
        if (key == 0) {
            repeats |= zero;
            zero = true;
            return;
        }
        long[] table = Objects.requireNonNull(keys);
        int mask = table.length - 1;
        int slot = (int) Keys.mix(key) & mask;
        while (table[slot] != 0) {
            if (table[slot] == key) {
                repeats = true;
                return;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = key;
        size++;
        if (size >= most) {
            estimate(table);
        } else if (size * 2 > table.length) {
            grow(table);
        }
    }

    private void grow(long[] old) {
        long[] table = new long[old.length * 2];
        int mask = table.length - 1;
        for (long key : old) {
            if (key != 0) {
                int slot = (int) Keys.mix(key) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = key;
            }
        }
        keys = table;
    }

    private void estimate(long[] table) {
        HllSketch estimator = new HllSketch(13, TgtHllType.HLL_8);
        for (long key : table) {
            if (key != 0) {
                estimator.update(key);
            }
        }
        if (zero) {
            estimator.update(0L);
        }
        sketch = estimator;
        keys = null;
    }

    /** Whether the count is exact. */
    boolean exact() {
        return sketch == null;
    }

    /** Whether a key was added twice, as long as the count was exact. */
    boolean repeats() {
        return repeats;
    }

    /** How many different keys there are. */
    long count() {
        return sketch == null ? size + (zero ? 1 : 0) : Math.round(sketch.getEstimate());
    }
}
