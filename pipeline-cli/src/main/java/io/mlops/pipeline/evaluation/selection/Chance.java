package io.mlops.pipeline.evaluation.selection;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Tells what happens more often than in every second round from what does so by chance. */
final class Chance {
    private Chance() {}

    /**
     * Which columns pass, by a binomial test each, of whose discoveries a given share is false at most (Benjamini and
     * Hochberg 1995).
     *
     * @param hits in how many rounds each column was better
     */
    static boolean[] pass(int[] hits, int rounds, double level) {
        double[] tail = tail(rounds);
        int[] order = IntStream.range(0, hits.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer column) -> -hits[column]))
                .mapToInt(Integer::intValue)
                .toArray();
        int passed = 0;
        for (int i = 0; i < order.length; i++) {
            if (tail[hits[order[i]]] <= level * (i + 1) / order.length) {
                passed = i + 1;
            }
        }
        boolean[] pass = new boolean[hits.length];
        for (int i = 0; i < passed; i++) {
            pass[order[i]] = true;
        }
        return pass;
    }

    /** The probability of so many heads or more. */
    private static double[] tail(int rounds) {
        double[] tail = new double[rounds + 1];
        double logOfOne = -rounds * Math.log(2);
        double sum = 0;
        for (int heads = rounds; heads >= 0; heads--) {
            sum += Math.exp(logOfOne);
            tail[heads] = sum;
            logOfOne += Math.log(heads) - Math.log(rounds - heads + 1.0);
        }
        return tail;
    }
}
