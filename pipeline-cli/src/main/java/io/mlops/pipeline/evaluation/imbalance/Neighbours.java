package io.mlops.pipeline.evaluation.imbalance;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Searches nearest rows by comparing with every candidate. */
final class Neighbours {
    /** Beyond so many candidates a sample of them is searched, which bounds the time and hardly moves the neighbours. */
    static final int MOST_CANDIDATES = 10_000;

    private Neighbours() {}

    /** The candidates themselves, or a sample of them where there are too many, in their order. */
    static int[] bounded(int[] candidates, SplittableRandom random) {
        if (candidates.length <= MOST_CANDIDATES) {
            return candidates;
        }
        int[] sample = new int[MOST_CANDIDATES];
        int taken = 0;
        for (int i = 0; i < candidates.length && taken < sample.length; i++) {
            if (random.nextInt(candidates.length - i) < sample.length - taken) {
                sample[taken++] = candidates[i];
            }
        }
        return sample;
    }

    /** The nearest of some candidates other than the row itself, the nearest first; the earlier one among equals. */
    static int[] nearest(MixedSpace space, int row, int[] candidates, int wanted) {
        int[] found = new int[wanted];
        float[] distances = new float[wanted];
        int size = 0;
        for (int candidate : candidates) {
            if (candidate == row) {
                continue;
            }
            float limit = size < wanted ? Float.POSITIVE_INFINITY : distances[size - 1];
            float distance = space.distance(row, candidate, limit);
            if (distance >= limit) {
                continue;
            }
            int at = size < wanted ? size++ : size - 1;
            while (at > 0 && distances[at - 1] > distance) {
                distances[at] = distances[at - 1];
                found[at] = found[at - 1];
                at--;
            }
            distances[at] = distance;
            found[at] = candidate;
        }
        return size == wanted ? found : Arrays.copyOf(found, size);
    }
}
