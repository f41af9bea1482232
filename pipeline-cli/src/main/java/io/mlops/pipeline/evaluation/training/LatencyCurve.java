package io.mlops.pipeline.evaluation.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much quicker predictions become with fewer models, and at what price.
 *
 * @param points the choices that are worth their time, the fastest first, each with one model of every configuration
 * @param delivered what the ensemble became
 * @param limit how many microseconds a row might take; null where any
 */
public record LatencyCurve(
        List<Point> points, Point delivered, @Nullable Double limit) {
    public LatencyCurve {
        points = List.copyOf(points);
    }

    /**
     * One choice.
     *
     * @param microseconds how long a row's prediction takes in a batch on one thread: measured as a whole where a limit
     *     had to be kept, else the sum of its models'
     * @param score by the leaderboard's metric, on the rows by which it was chosen, each predicted by one model of every
     *     configuration
     * @param names the configurations
     * @param models how many models a prediction asks in all
     */
    public record Point(double microseconds, double score, List<String> names, int models) {
        public Point {
            names = List.copyOf(names);
        }
    }
}
