package io.mlops.pipeline.automl;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Weights for models by what they gave rows that none of them had seen: with replacement, always the model that lowers the
 * loss of the mean the most (Caruana et al. 2004), up to the step with the lowest loss.
 */
final class GreedySelection {
    /** AutoGluon's number of steps. */
    private static final int STEPS = 25;

    private GreedySelection() {}

    /** Which models may be asked together. */
    interface Limit {
        /**
         * Whether these may.
         *
         * @param chosen how often each model was chosen
         */
        boolean allows(int[] chosen);
    }

    /**
     * The weight of each model; they sum to 1.
     *
     * @param outputs what each model gave, all for the same rows
     * @param loss of outputs, the lower the better
     */
    static double[] weights(List<double[]> outputs, ToDoubleFunction<double[]> loss) {
        return weights(outputs, loss, chosen -> true);
    }

    /** The same under a limit; all 0 where it allows no model at all. */
    static double[] weights(List<double[]> outputs, ToDoubleFunction<double[]> loss, Limit limit) {
        int[] counts = new int[outputs.size()];
        int[] best = counts.clone();
        double least = Double.POSITIVE_INFINITY;
        double[] sum = new double[outputs.get(0).length];
        for (int step = 0; step < STEPS; step++) {
            int chosen = -1;
            double lowest = Double.POSITIVE_INFINITY;
            for (int model = 0; model < counts.length; model++) {
                if (!isAllowed(counts, model, limit)) {
                    continue;
                }
                double with = loss.applyAsDouble(mean(sum, outputs.get(model), step));
                // Of equal ones, a model that is already in costs nothing more.
                boolean tie = with == lowest && counts[model] > 0 && counts[Math.max(0, chosen)] == 0;
                if (chosen < 0 || with < lowest || tie) {
                    chosen = model;
                    lowest = with;
                }
            }
            if (chosen < 0) {
                return new double[counts.length];
            }
            counts[chosen]++;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += outputs.get(chosen)[i];
            }
            if (lowest < least) {
                least = lowest;
                best = counts.clone();
            }
        }
        int size = Arrays.stream(best).sum();
        if (size == 0) {
            // No loss is a number: all alike.
            double[] equal = new double[counts.length];
            Arrays.fill(equal, 1.0 / equal.length);
            return equal;
        }
        return Arrays.stream(best).mapToDouble(count -> (double) count / size).toArray();
    }

    /** A model that is in already always is. */
    private static boolean isAllowed(int[] counts, int model, Limit limit) {
        if (counts[model] > 0) {
            return true;
        }
        int[] with = counts.clone();
        with[model]++;
        return limit.allows(with);
    }

    /** Equal weights for so many of the models with the lowest losses. */
    static double[] best(List<double[]> outputs, ToDoubleFunction<double[]> loss, int most) {
        double[] losses = outputs.stream().mapToDouble(loss).toArray();
        int count = Math.min(most, losses.length);
        double[] weights = new double[losses.length];
        IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> losses[i]))
                .limit(count)
                .forEach(i -> weights[i] = 1.0 / count);
        return weights;
    }

    private static double[] mean(double[] sum, double[] further, int count) {
        double[] mean = new double[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (sum[i] + further[i]) / (count + 1);
        }
        return mean;
    }
}
