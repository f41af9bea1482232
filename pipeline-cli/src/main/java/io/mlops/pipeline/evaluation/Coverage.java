package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Whether intervals and sets of classes hold the truth as often as they promise, on untouched rows.
 *
 * @param level the level that is set
 * @param source which rows they were made from; why there are none where the levels are empty
 * @param levels what was measured at several levels, ascending, the one that is set among them
 */
public record Coverage(double level, String source, List<Level> levels) {
    private static final List<Double> LEVELS = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99);

    /** Below what a model gets right anyway a set of classes promises nothing. */
    private static final double LEAST_OF_SETS = 0.8;

    /** The normal quantile of a 95 % interval. */
    private static final double Z = 1.959964;

    public Coverage {
        levels = List.copyOf(levels);
    }

    /**
     * What was measured at one level.
     *
     * @param coverage the share of rows whose truth lies within
     * @param lower where the 95 % interval of that share begins, as a binomial one (Wilson 1927)
     * @param upper where it ends
     * @param size the mean width of an interval, or number of classes in a set
     */
    public record Level(double level, double coverage, double lower, double upper, double size) {}

    /** Measures the coverage of rows. */
    public static Coverage of(Predictions predictions, Conformal conformal, double level) {
        List<Level> measured = new ArrayList<>();
        TreeSet<Double> levels = new TreeSet<>(LEVELS);
        if (predictions.target().task().isClassification()) {
            levels.removeIf(each -> each < LEAST_OF_SETS);
        }
        levels.add(level);
        for (double each : levels) {
            if (conformal.allows(each)) {
                measured.add(measure(predictions, conformal.at(each), each));
            }
        }
        return new Coverage(level, conformal.source(), measured);
    }

    private static Level measure(Predictions predictions, Region region, double level) {
        Scorer scorer = Scorer.of(predictions.within(region));
        double covered = scorer.mean(Metric.COVERAGE);
        double size =
                scorer.mean(predictions.target().task().isClassification() ? Metric.SET_SIZE : Metric.INTERVAL_WIDTH);
        double[] interval = binomial(covered, predictions.rows());
        return new Level(level, covered, interval[0], interval[1], size);
    }

    /** Between which shares the true one lies with 95 % certainty, where a share of so many rows was counted. */
    public static double[] binomial(double share, long rows) {
        double spread = Z * Z / rows;
        double centre = (share + spread / 2) / (1 + spread);
        double half = Math.sqrt(spread * share * (1 - share) + spread * spread / 4) / (1 + spread);
        return new double[] {Math.max(0, centre - half), Math.min(1, centre + half)};
    }
}
