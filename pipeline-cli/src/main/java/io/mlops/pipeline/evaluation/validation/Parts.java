package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.data.RowKeys;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ways to cut rows into parts of nearly equal size; the part of a row depends on neither order nor threads. */
final class Parts {
    /** A content with more copies than this share of all rows is spread over the parts. */
    private static final double SPREAD_SHARE = 0.01;

    private static final int FEWEST_SPREAD = 20;

    private Parts() {}

    /**
     * By the hash of the row's content, with nearly equal shares of every stratum. Equal rows share a part, for a copy on
     * the other side would give the answer away; but a content that makes up a good share of the table is no copy, and is
     * spread as it will be among new rows.
     */
    static int[] random(RowKeys keys, Strata strata, int parts, long seed) {
        int[] part = new int[keys.rows()];
        long[] total = new long[parts];
        int mostCopies = Math.max(FEWEST_SPREAD, (int) (SPREAD_SHARE * part.length));
        for (int stratum = 0; stratum < strata.sizes().length; stratum++) {
            long[] hashes = new long[strata.sizes()[stratum]];
            int next = 0;
            for (int row = 0; row < part.length; row++) {
                if (strata.of()[row] == stratum) {
                    hashes[next++] = Hashes.mix(seed, keys.hashes()[row]);
                }
            }
            Arrays.sort(hashes);
            int[] chosen = deal(hashes, total, mostCopies);
            int[] taken = new int[hashes.length];
            for (int row = 0; row < part.length; row++) {
                if (strata.of()[row] == stratum) {
                    int first = first(hashes, Hashes.mix(seed, keys.hashes()[row]));
                    part[row] = chosen[first + taken[first]++];
                }
            }
        }
        return part;
    }

    /** The part of each of some sorted hashes: runs of equal ones go to the part that has the fewest, long ones singly. */
    private static int[] deal(long[] hashes, long[] total, int mostCopies) {
        int[] chosen = new int[hashes.length];
        long[] own = new long[total.length];
        for (int from = 0; from < hashes.length; ) {
            int to = from + 1;
            while (to < hashes.length && hashes[to] == hashes[from]) {
                to++;
            }
            int size = to - from > mostCopies ? 1 : to - from;
            for (int dealt = from; dealt < to; dealt += size) {
                int best = emptiest(own, total);
                Arrays.fill(chosen, dealt, dealt + size, best);
                own[best] += size;
                total[best] += size;
            }
            from = to;
        }
        return chosen;
    }

    private static int emptiest(long[] own, long[] total) {
        int best = 0;
        for (int p = 1; p < total.length; p++) {
            if (own[p] < own[best] || (own[p] == own[best] && total[p] < total[best])) {
                best = p;
            }
        }
        return best;
    }

    private static int first(long[] sorted, long wanted) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** By group, the largest first, each to the part that stays the most even in every stratum. */
    static int[] byGroup(long[] groups, Strata strata, int parts, long seed) {
        long[] distinct = Arrays.stream(groups)
                .map(group -> Hashes.mix(seed, group))
                .sorted()
                .distinct()
                .toArray();
        int[] groupOf = new int[groups.length];
        int[][] counts = new int[distinct.length][strata.sizes().length];
        int[] sizes = new int[distinct.length];
        for (int row = 0; row < groups.length; row++) {
            groupOf[row] = Arrays.binarySearch(distinct, Hashes.mix(seed, groups[row]));
            counts[groupOf[row]][strata.of()[row]]++;
            sizes[groupOf[row]]++;
        }
        int[] order = IntStream.range(0, distinct.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer group) -> -sizes[group]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] partOf = new int[distinct.length];
        long[][] filled = new long[parts][strata.sizes().length];
        for (int group : order) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < parts; p++) {
                double unevenness = 0;
                for (int s = 0; s < strata.sizes().length; s++) {
                    double added = counts[group][s];
                    if (added > 0) {
                        unevenness +=
                                added * (2 * filled[p][s] + added) / ((double) strata.sizes()[s] * strata.sizes()[s]);
                    }
                }
                if (unevenness < least) {
                    least = unevenness;
                    best = p;
                }
            }
            partOf[group] = best;
            for (int s = 0; s < strata.sizes().length; s++) {
                filled[best][s] += counts[group][s];
            }
        }
        int[] part = new int[groups.length];
        for (int row = 0; row < part.length; row++) {
            part[row] = partOf[groupOf[row]];
        }
        return part;
    }

    /**
     * By time, the oldest rows in part 0; rows of one time share a part.
     *
     * @param starts the share of rows that are older than each further part, ascending
     */
    static int[] byTime(long[] times, double... starts) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        long[] bounds = Arrays.stream(starts)
                .mapToLong(start -> sorted[Math.min(sorted.length - 1, (int) Math.round(start * sorted.length))])
                .toArray();
        int[] part = new int[times.length];
        for (int row = 0; row < part.length; row++) {
            while (part[row] < bounds.length && times[row] >= bounds[part[row]]) {
                part[row]++;
            }
        }
        return part;
    }
}
