package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.space.Space;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Spreads points more evenly than chance: Halton's sequence (1960), with the digits of each dimension permuted at random so
 * that neighbouring primes do not move together (Owen 2017).
 */
final class HaltonSampler implements Sampler {
    /** So many digits tell places further apart than a double does. */
    private static final double FINEST = 0x1p-40;

    private final Space space;
    private final int[] bases;
    /** For each dimension, for each digit, which one stands for it. */
    private final int[][][] permutations;

    HaltonSampler(Space space, long seed) {
        this.space = space;
        int dimensions = space.dimensions().size();
        bases = new int[dimensions];
        permutations = new int[dimensions][][];
        SplittableRandom random = new SplittableRandom(seed);
        BigInteger prime = BigInteger.ONE;
        for (int d = 0; d < dimensions; d++) {
            prime = prime.nextProbablePrime();
            bases[d] = prime.intValueExact();
            int digits = (int) Math.ceil(Math.log(FINEST) / -Math.log(bases[d]));
            permutations[d] = new int[digits][];
            for (int digit = 0; digit < digits; digit++) {
                permutations[d][digit] = permutation(bases[d], random);
            }
        }
    }

    private static int[] permutation(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    @Override
    public Map<String, Object> suggest(List<Observation> observations, int number) {
        double[] places = new double[bases.length];
        for (int d = 0; d < places.length; d++) {
            places[d] = place(d, number);
        }
        return RandomSampler.at(space, places);
    }

    private double place(int dimension, int number) {
        double share = 1;
        double place = 0;
        int left = number;
        for (int[] permutation : permutations[dimension]) {
            share /= bases[dimension];
            place += share * permutation[left % bases[dimension]];
            left /= bases[dimension];
        }
        return Math.min(place, Math.nextDown(1.0));
    }
}
