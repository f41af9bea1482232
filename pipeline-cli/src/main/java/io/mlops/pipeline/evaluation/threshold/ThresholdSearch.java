package io.mlops.pipeline.evaluation.threshold;

import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Goal;
import io.mlops.pipeline.model.Costs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Chooses the probability from which on a row counts as positive. */
public final class ThresholdSearch {
    /** Below so many rows, or so few of a class, a search would follow chance. */
    public static final int FEWEST_ROWS = 50;

    private static final int FEWEST_OF_A_CLASS = 10;
    private static final double HALF = 0.5;

    private ThresholdSearch() {}

    /**
     * The threshold that is best for the goal.
     *
     * @param positive the probability of the positive class for each row
     * @param truth 1 for a positive row, 0 for a negative one
     * @param rows how many different rows these are; a row of several repetitions comes several times
     */
    public static ThresholdChoice choose(double[] positive, double[] truth, int rows, ThresholdSettings settings) {
        String goal = settings.goal().name().toLowerCase(Locale.ROOT);
        if (settings.goal() == Goal.FIXED) {
            return new ThresholdChoice(settings.value(), goal, null, null, rows, "as set");
        }
        double positives = Arrays.stream(truth).sum();
        double fewest = FEWEST_OF_A_CLASS * (rows == 0 ? 1.0 : (double) truth.length / rows);
        if (rows < FEWEST_ROWS || positives < fewest || truth.length - positives < fewest) {
            double fallback = settings.goal() == Goal.COST
                    ? Costs.binary(
                                    settings.cost().falsePositive(),
                                    settings.cost().falseNegative())
                            .threshold()
                    : HALF;
            return new ThresholdChoice(
                    fallback,
                    goal,
                    null,
                    null,
                    rows,
                    rows == 0
                            ? "there are no validated rows to choose it on"
                            : "too few validated rows of one class to choose it on");
        }
        return search(positive, truth, rows, settings, goal);
    }

    /**
     * The threshold that costs make right for true probabilities: no search, so chance has no part in it.
     *
     * @param rows how many different rows these are, by which its worth is told
     */
    public static ThresholdChoice ofCosts(double[] positive, double[] truth, int rows, Costs costs) {
        double threshold = costs.threshold();
        return new ThresholdChoice(
                threshold,
                "cost",
                rows == 0 ? null : meanCost(positive, truth, threshold, costs),
                rows == 0 ? null : meanCost(positive, truth, HALF, costs),
                rows,
                "from this probability on a wrong alarm is expected to cost less than a missed one");
    }

    private static double meanCost(double[] positive, double[] truth, double threshold, Costs costs) {
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            sum += costs.cost((int) truth[row], positive[row] >= threshold ? 1 : 0);
        }
        return sum / truth.length;
    }

    private static ThresholdChoice search(
            double[] positive, double[] truth, int rows, ThresholdSettings settings, String goal) {
        int[] order = ascending(positive);
        Counts counts = new Counts((int) Arrays.stream(truth).sum(), truth.length);
        double best = Double.NEGATIVE_INFINITY;
        double threshold = HALF;
        double below = 0;
        for (int i = 0; i < order.length; ) {
            double probability = positive[order[i]];
            double candidate = (below + probability) / 2;
            double score = counts.score(settings);
            if (score > best || (score == best && Math.abs(candidate - HALF) < Math.abs(threshold - HALF))) {
                best = score;
                threshold = candidate;
            }
            for (; i < order.length && positive[order[i]] == probability; i++) {
                counts.decideNegative(truth[order[i]] == 1);
            }
            below = probability;
        }
        if (below < 1 && counts.score(settings) > best) {
            best = counts.score(settings);
            threshold = (below + 1) / 2;
        }
        double sign = settings.goal() == Goal.COST ? -1 : 1;
        return new ThresholdChoice(
                threshold,
                goal,
                sign * best,
                sign * atHalf(positive, truth).score(settings),
                rows,
                "best on the rows that were held out");
    }

    private static Counts atHalf(double[] positive, double[] truth) {
        Counts counts = new Counts((int) Arrays.stream(truth).sum(), truth.length);
        for (int i = 0; i < truth.length; i++) {
            if (positive[i] < HALF) {
                counts.decideNegative(truth[i] == 1);
            }
        }
        return counts;
    }

    private static int[] ascending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> values[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The outcomes of deciding positive from some probability on. */
    private static final class Counts {
        private final int positives;
        private final int rows;
        private int truePositives;
        private int falsePositives;

        Counts(int positives, int rows) {
            this.positives = positives;
            this.rows = rows;
            truePositives = positives;
            falsePositives = rows - positives;
        }

        void decideNegative(boolean positive) {
            if (positive) {
                truePositives--;
            } else {
                falsePositives--;
            }
        }

        /** The goal's value, greater is better. */
        double score(ThresholdSettings settings) {
            double negatives = rows - positives;
            double trueNegatives = negatives - falsePositives;
            return switch (settings.goal()) {
                case F1 -> 2.0 * truePositives / (truePositives + falsePositives + positives);
                case BALANCED_ACCURACY -> (truePositives / (double) positives + trueNegatives / negatives) / 2;
                case ACCURACY -> (truePositives + trueNegatives) / rows;
                case COST ->
                    -(settings.cost().falsePositive() * falsePositives
                                    + settings.cost().falseNegative() * (positives - truePositives))
                            / rows;
                case FIXED -> throw new IllegalArgumentException("nothing is searched for a fixed threshold");
            };
        }
    }
}
