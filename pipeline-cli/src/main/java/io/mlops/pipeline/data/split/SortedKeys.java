package io.mlops.pipeline.data.split;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;

/** The keys of rows in their order, cut so that equal keys stay together. */
final class SortedKeys {
    private final long[] keys;
    private final int size;

    /** Sorts the keys where they are, because with many rows a copy of them is large; the list is not used afterwards. */
    SortedKeys(LongArrayList list) {
        keys = list.elements();
        size = list.size();
        Arrays.sort(keys, 0, size);
    }

    int size() {
        return size;
    }

    long key(int index) {
        return keys[index];
    }

    /** How many keys are smaller than one. */
    int below(long key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The place nearest to a wanted one before which the keys can be cut; the earlier one of two, never the end. */
    int cutNear(int wanted) {
        int before = Math.min(wanted, size - 1);
        while (before > 0 && keys[before] == keys[before - 1]) {
            before--;
        }
        int after = nextCut(wanted);
        return after < size && after - wanted < wanted - before ? after : before;
    }

    /** As {@link #cutNear}, but not the beginning, unless all keys are equal. */
    int innerCutNear(int wanted) {
        int cut = cutNear(wanted);
        int first = nextCut(1);
        return cut == 0 && first < size ? first : cut;
    }

    private int nextCut(int wanted) {
        int cut = Math.max(wanted, 1);
        while (cut < size && keys[cut] == keys[cut - 1]) {
            cut++;
        }
        return cut;
    }
}
