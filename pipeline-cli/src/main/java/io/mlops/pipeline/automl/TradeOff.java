package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.ensemble.Blend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an ensemble's predictions cost and what they are worth. The loss is that of the rows held out, each of which one
 * model of each contender predicted; so the time is that of one model of each, too.
 */
final class TradeOff {
    /** The shares of a limit that a single model may take, so that one does not keep out several. */
    private static final double[] SHARES = {1, 0.5, 0.25};

    private final List<Contender> contenders;
    private final MemberCosts costs;
    private final ToDoubleFunction<double[]> loss;
    private final List<Point> points = new ArrayList<>();

    /**
     * One way to combine the contenders.
     *
     * @param microseconds how long a row takes
     */
    record Point(double[] weights, double microseconds, double loss) {
        boolean isOfSeveral() {
            return Arrays.stream(weights).filter(weight -> weight > 0).count() > 1;
        }
    }

    /**
     * Finds the usual combinations: each contender alone that was timed, and the ensemble without one after the other of its members, always
     * the one that saves the most time for the least loss.
     */
    TradeOff(Ensemble ensemble, MemberCosts costs, ToDoubleFunction<double[]> loss) {
        this.contenders = ensemble.contenders();
        this.costs = costs;
        this.loss = loss;
        for (Contender able : Ensemble.able(contenders)) {
            double[] weights = new double[contenders.size()];
            weights[contenders.indexOf(able)] = 1;
            if (Double.isFinite(costs.of(weights, 1))) {
                points.add(point(weights));
            }
        }
        double[] equal = new double[contenders.size()];
        ensemble.chosen().forEach(i -> equal[i] = 1.0 / ensemble.chosen().size());
        boolean weighed = Arrays.stream(ensemble.weights()).anyMatch(weight -> weight > 0);
        Point next = point(weighed ? ensemble.weights() : equal);
        points.add(next);
        while (next.isOfSeveral()) {
            next = without(next);
            points.add(next);
        }
    }

    /** Adds what a greedy selection finds that must do with so many microseconds. */
    void addWithin(double limit) {
        List<double[]> outputs = contenders.stream().map(Contender::outputs).toList();
        List<Contender> able = Ensemble.able(contenders);
        for (double share : SHARES) {
            double[] weights = GreedySelection.weights(outputs, loss, chosen -> {
                double[] asked = Arrays.stream(chosen).asDoubleStream().toArray();
                return costs.of(asked, 1) <= limit
                        && IntStream.range(0, asked.length)
                                .filter(i -> asked[i] > 0)
                                .allMatch(i -> costs.models()[i] <= share * limit && able.contains(contenders.get(i)));
            });
            if (Arrays.stream(weights).anyMatch(weight -> weight > 0)) {
                points.add(point(weights));
            }
        }
    }

    /** The combinations that are worth their time: none is as fast and better; the fastest first. */
    List<Point> front() {
        List<Point> sorted = points.stream()
                .sorted(Comparator.comparingDouble(Point::microseconds).thenComparingDouble(Point::loss))
                .toList();
        List<Point> front = new ArrayList<>();
        for (Point point : sorted) {
            if (front.isEmpty() || point.loss() < front.get(front.size() - 1).loss()) {
                front.add(point);
            }
        }
        return front;
    }

    private Point without(Point from) {
        return IntStream.range(0, from.weights().length)
                .filter(left -> from.weights()[left] > 0)
                .mapToObj(left -> point(IntStream.range(0, from.weights().length)
                        .mapToDouble(k -> k == left ? 0 : from.weights()[k] / (1 - from.weights()[left]))
                        .toArray()))
                .min(Comparator.comparingDouble(
                        point -> (point.loss() - from.loss()) / (from.microseconds() - point.microseconds())))
                .orElse(from);
    }

    private Point point(double[] weights) {
        double[] outputs = Ensemble.of(contenders, weights, Blend.mean()).outputs();
        return new Point(weights, costs.of(weights, 1), loss.applyAsDouble(outputs));
    }
}
