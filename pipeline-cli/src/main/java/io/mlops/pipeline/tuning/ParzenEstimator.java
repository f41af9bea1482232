package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.model.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * A density over a space: a mixture with one component for each point, a product of kernels around its values, and one for
 * what is known before. Where a dimension does not matter at a point, what is known before stands for it.
 */
final class ParzenEstimator {
    /** The newest points weigh the same, older ones less and less. */
    private static final int FULL_WEIGHT = 25;

    private static final double ROOT_2 = Math.sqrt(2);
    private static final double LOG_ROOT_2_PI = 0.5 * Math.log(2 * Math.PI);

    private final Space space;
    /** By the number of the component; the last one is what is known before. */
    private final double[] logWeights;

    private final double[] cumulative;
    /** By the dimension, then by the component. */
    private final List<Kernels> kernels = new ArrayList<>();

    /**
     * Around points.
     *
     * @param points the oldest first
     */
    ParzenEstimator(Space space, List<Map<String, Object>> points) {
        this.space = space;
        double[] weights = weights(points.size());
        double total = Arrays.stream(weights).sum();
        logWeights = Arrays.stream(weights).map(each -> Math.log(each / total)).toArray();
        cumulative = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] / total;
            cumulative[i] = sum;
        }
        for (Dimension dimension : space.dimensions()) {
            Object[] values =
                    points.stream().map(point -> point.get(dimension.name())).toArray();
            kernels.add(
                    dimension instanceof Dimension.Choice choice
                            ? new Words(choice, values)
                            : new Numbers((Dimension.Numeric) dimension, values));
        }
    }

    /** The weight of each of so many points, the oldest first, and of what is known before. */
    static double[] weights(int points) {
        double[] weights = new double[points + 1];
        Arrays.fill(weights, 1);
        int ramp = points - FULL_WEIGHT;
        for (int i = 0; i < ramp; i++) {
            weights[i] = ramp == 1 ? 1.0 / points : 1.0 / points + (1 - 1.0 / points) * i / (ramp - 1);
        }
        return weights;
    }

    /** A point at random. */
    Map<String, Object> draw(SplittableRandom random) {
        int component = Arrays.binarySearch(cumulative, random.nextDouble());
        component = Math.min(component < 0 ? -component - 1 : component, cumulative.length - 1);
        Map<String, Object> point = new LinkedHashMap<>();
        for (int d = 0; d < kernels.size(); d++) {
            Dimension dimension = space.dimensions().get(d);
            if (Space.matters(dimension, point)) {
                point.put(dimension.name(), kernels.get(d).draw(component, random));
            }
        }
        return point;
    }

    /** The logarithm of the density, or of the probability as far as values are not continuous. */
    double logDensity(Map<String, Object> point) {
        double[] logs = logWeights.clone();
        for (int d = 0; d < kernels.size(); d++) {
            Object value = point.get(space.dimensions().get(d).name());
            if (value != null) {
                kernels.get(d).addTo(logs, value);
            }
        }
        double most = Arrays.stream(logs).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - most)).sum());
    }

    /** The kernels of one dimension, one for each component. */
    private interface Kernels {
        Object draw(int component, SplittableRandom random);

        /** Adds the logarithm of each component's density. */
        void addTo(double[] logs, Object value);
    }

    /** The word of a point is more probable than each other one. */
    private static final class Words implements Kernels {
        private final Dimension.Choice choice;
        private final int[] observed;

        Words(Dimension.Choice choice, Object[] values) {
            this.choice = choice;
            observed = new int[values.length + 1];
            for (int i = 0; i < observed.length; i++) {
                observed[i] = i < values.length && values[i] != null
                        ? choice.choices().indexOf(values[i])
                        : -1;
            }
        }

        @Override
        public Object draw(int component, SplittableRandom random) {
            double left = random.nextDouble();
            for (int k = 0; k < choice.choices().size() - 1; k++) {
                left -= probability(component, k);
                if (left < 0) {
                    return choice.choices().get(k);
                }
            }
            return choice.choices().get(choice.choices().size() - 1);
        }

        @Override
        public void addTo(double[] logs, Object value) {
            int k = choice.choices().indexOf(value);
            for (int i = 0; i < logs.length; i++) {
                logs[i] += Math.log(probability(i, k));
            }
        }

        private double probability(int component, int k) {
            int words = choice.choices().size();
            if (observed[component] < 0) {
                return 1.0 / words;
            }
            double floor = 1.0 / observed.length;
            return ((k == observed[component] ? 1 : 0) + floor) / (1 + words * floor);
        }
    }

    /** Normal distributions around the places of points, cut off at the ends of the range. */
    private static final class Numbers implements Kernels {
        private final Dimension.Numeric dimension;
        private final double[] means;
        private final double[] widths;
        private final double[] logMasses;

        Numbers(Dimension.Numeric dimension, Object[] values) {
            this.dimension = dimension;
            means = new double[values.length + 1];
            boolean[] known = new boolean[means.length];
            for (int i = 0; i < values.length; i++) {
                if (values[i] instanceof Number number) {
                    means[i] = Math.max(0, Math.min(1, dimension.place(number.doubleValue())));
                    known[i] = true;
                } else {
                    means[i] = 0.5;
                }
            }
            means[values.length] = 0.5;
            widths = widths(means, known);
            logMasses = new double[means.length];
            for (int i = 0; i < means.length; i++) {
                logMasses[i] = Math.log(mass(i, 0, 1));
            }
        }

        /** The wider of the gaps to the neighbours, as limits allow; the whole range where nothing is known. */
        private static double[] widths(double[] means, boolean[] known) {
            double[] widths = new double[means.length];
            Arrays.fill(widths, 1);
            int[] order = IntStream.range(0, means.length)
                    .filter(i -> known[i])
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> means[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double least = 1.0 / Math.min(100, means.length + 1);
            for (int i = 0; i < order.length; i++) {
                double mean = means[order[i]];
                double before = i > 0 ? mean - means[order[i - 1]] : order.length > 1 ? 0 : mean;
                double after = i < order.length - 1 ? means[order[i + 1]] - mean : order.length > 1 ? 0 : 1 - mean;
                widths[order[i]] = Math.max(least, Math.max(before, after));
            }
            return widths;
        }

        private double mass(int component, double from, double to) {
            double scale = widths[component] * ROOT_2;
            return 0.5 * Erf.erf((from - means[component]) / scale, (to - means[component]) / scale);
        }

        @Override
        public Object draw(int component, SplittableRandom random) {
            double place;
            do {
                place = means[component] + widths[component] * random.nextGaussian();
            } while (place < 0 || place > 1);
            return dimension.at(place);
        }

        @Override
        public void addTo(double[] logs, Object value) {
            double number = ((Number) value).doubleValue();
            double from = dimension.from(number);
            double to = dimension.to(number);
            for (int i = 0; i < logs.length; i++) {
                double log;
                if (from < to) {
                    log = Math.log(Math.max(mass(i, from, to), Double.MIN_NORMAL));
                } else {
                    double z = (from - means[i]) / widths[i];
                    log = -0.5 * z * z - Math.log(widths[i]) - LOG_ROOT_2_PI;
                }
                logs[i] += log - logMasses[i];
            }
        }
    }
}
