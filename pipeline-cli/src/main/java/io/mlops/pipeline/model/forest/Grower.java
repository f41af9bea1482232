package io.mlops.pipeline.model.forest;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/** Grows one tree, level by level, each split the best of one random threshold for some features. */
final class Grower {
    /** A split that improves less than this share of a row is none. */
    private static final double LEAST = 1e-9;

    private final Rows data;
    private final ExtraTreesParameters parameters;
    private final SplittableRandom random;
    private final int outputs;
    private final int[] rows;
    private final int[] spare;
    private final int[] order;
    private final double[] sums;
    private final double[] leftSums;
    private final double[] gains;
    private final int[] features;
    private final float[] thresholds;
    private final int[] left;
    private final int[] starts;
    private final int[] ends;
    private final float[] leaves;
    private int nodes = 1;
    private int grown;
    private double weight;

    /** @param gains to which the gain of each split is added, by the feature */
    Grower(Rows data, ExtraTreesParameters parameters, long seed, double[] gains) {
        this.data = data;
        this.parameters = parameters;
        this.gains = gains;
        random = new SplittableRandom(seed);
        outputs = data.outputs();
        rows = new int[data.count()];
        Arrays.setAll(rows, i -> i);
        spare = new int[rows.length];
        order = new int[data.bins().size()];
        Arrays.setAll(order, i -> i);
        sums = new double[outputs];
        leftSums = new double[outputs];
        int most = Math.min(parameters.maxLeaves(), Math.max(1, rows.length / parameters.minLeafRows()));
        features = new int[2 * most];
        thresholds = new float[2 * most];
        left = new int[2 * most];
        starts = new int[2 * most];
        ends = new int[2 * most];
        leaves = new float[most * outputs];
    }

    Tree grow() {
        ends[0] = rows.length;
        int most = leaves.length / outputs;
        for (int node = 0; node < nodes; node++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted");
            }
            int from = starts[node];
            int to = ends[node];
            double impurity = measure(from, to);
            // Every node has a leaf below it.
            boolean full = (nodes + 1) / 2 >= most;
            if (full
                    || to - from < 2 * parameters.minLeafRows()
                    || impurity <= LEAST * weight
                    || !split(node, from, to)) {
                leaf(node);
            }
        }
        return new Tree(
                Arrays.copyOf(features, nodes),
                Arrays.copyOf(thresholds, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(leaves, grown * outputs));
    }

    /** Adds up the rows of a node; what remains of their squares around the mean. */
    private double measure(int from, int to) {
        Arrays.fill(sums, 0);
        weight = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            double each = data.weights()[row];
            double value = data.values()[row];
            weight += each;
            squares += outputs > 1 ? each : each * value * value;
            if (outputs > 1) {
                sums[(int) value] += each;
            } else {
                sums[0] += each * value;
            }
        }
        return weight > 0 ? squares - score(sums, weight) : 0;
    }

    private static double score(double[] sums, double weight) {
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        return squares / weight;
    }

    private boolean split(int node, int from, int to) {
        int wanted = Math.max(1, (int) Math.round(parameters.maxFeatures() * order.length));
        double base = score(sums, weight);
        double best = base + LEAST * weight;
        int feature = -1;
        int cut = 0;
        for (int tried = 0, seen = 0; seen < order.length && tried < wanted; seen++) {
            int chosen = seen + random.nextInt(order.length - seen);
            int candidate = order[chosen];
            order[chosen] = order[seen];
            order[seen] = candidate;
            Bins bins = data.bins().get(candidate);
            int lowest = 255;
            int highest = 0;
            for (int i = from; i < to; i++) {
                int code = bins.code(rows[i]);
                lowest = Math.min(lowest, code);
                highest = Math.max(highest, code);
            }
            if (lowest < highest) {
                tried++;
                int at = lowest + random.nextInt(highest - lowest);
                double score = score(bins, at, from, to);
                if (score > best) {
                    best = score;
                    feature = candidate;
                    cut = at;
                }
            }
        }
        if (feature < 0) {
            return false;
        }
        gains[feature] += best - base;
        divide(node, from, to, feature, cut);
        return true;
    }

    /** How good a split is; nothing where a side is too small. */
    private double score(Bins bins, int cut, int from, int to) {
        Arrays.fill(leftSums, 0);
        double leftWeight = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (bins.code(row) <= cut) {
                double each = data.weights()[row];
                count++;
                leftWeight += each;
                if (outputs > 1) {
                    leftSums[(int) data.values()[row]] += each;
                } else {
                    leftSums[0] += each * data.values()[row];
                }
            }
        }
        double rightWeight = weight - leftWeight;
        boolean small = Math.min(count, to - from - count) < parameters.minLeafRows();
        if (small || leftWeight <= 0 || rightWeight <= 0) {
            return 0;
        }
        double right = 0;
        for (int k = 0; k < outputs; k++) {
            double sum = sums[k] - leftSums[k];
            right += sum * sum;
        }
        return score(leftSums, leftWeight) + right / rightWeight;
    }

    private void divide(int node, int from, int to, int feature, int cut) {
        Bins bins = data.bins().get(feature);
        int middle = from;
        int others = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (bins.code(row) <= cut) {
                rows[middle++] = row;
            } else {
                spare[others++] = row;
            }
        }
        System.arraycopy(spare, 0, rows, middle, others);
        features[node] = feature;
        thresholds[node] = cut == 0 ? Float.NaN : bins.bounds()[cut - 1];
        left[node] = nodes;
        starts[nodes] = from;
        ends[nodes] = middle;
        starts[nodes + 1] = middle;
        ends[nodes + 1] = to;
        nodes += 2;
    }

    private void leaf(int node) {
        left[node] = ~grown;
        double smoothing = parameters.smoothing();
        for (int k = 0; k < outputs; k++) {
            double total = weight + smoothing;
            leaves[grown * outputs + k] =
                    (float) (total > 0 ? (sums[k] + smoothing * data.prior()[k]) / total : data.prior()[k]);
        }
        grown++;
    }
}
