package io.mlops.pipeline.evaluation.imbalance;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Fills rare classes up with rows made up between real rows and their nearest neighbours of the same class. */
final class Smote {
    /** From so many rows on, weights serve as well and cost nothing. */
    static final int MOST_ROWS = 500_000;

    /** How many neighbours of any class decide whether a row is in danger (Han et al. 2005 as imbalanced-learn sets it). */
    private static final int DANGER_NEIGHBOURS = 10;

    private final SmoteSettings settings;
    private final boolean borderline;

    Smote(SmoteSettings settings, boolean borderline) {
        this.settings = settings;
        this.borderline = borderline;
    }

    /** The given rows with the made-up ones behind them; a class of one row has no neighbours and stays as it is. */
    TrainingSet fillUp(TrainingSet training, long seed) {
        if (training.rows() > MOST_ROWS) {
            throw PipelineException.usage(String.format(
                    "train.imbalance: %s searches neighbours among at most %,d rows, and there are %,d; set it to"
                            + " class_weights or none",
                    borderline ? "borderline_smote" : "smote", MOST_ROWS, training.rows()));
        }
        int classes = training.target().classes().size();
        int[][] members = new int[classes][];
        int largest = 0;
        for (int k = 0; k < classes; k++) {
            int each = k;
            members[k] = IntStream.range(0, training.rows())
                    .filter(row -> training.values()[row] == each)
                    .toArray();
            largest = Math.max(largest, members[k].length);
        }
        int wanted = (int) Math.round(settings.ratio() * largest);
        int[] missing = new int[classes];
        for (int k = 0; k < classes; k++) {
            missing[k] = members[k].length > 1 ? Math.max(0, wanted - members[k].length) : 0;
        }
        int added = Arrays.stream(missing).sum();
        if (added == 0) {
            return training;
        }
        int columns = training.features().columns();
        int rows = training.rows();
        float[] values = Arrays.copyOf(training.features().values(), Math.multiplyExact(rows + added, columns));
        double[] targets = Arrays.copyOf(training.values(), rows + added);
        float[] weights = training.weights() == null ? null : Arrays.copyOf(training.weights(), rows + added);
        if (weights != null) {
            Arrays.fill(weights, rows, rows + added, 1);
        }
        MixedSpace space = new MixedSpace(training.features());
        SplittableRandom random = new SplittableRandom(seed);
        int next = rows;
        for (int k = 0; k < classes; k++) {
            if (missing[k] > 0) {
                Arrays.fill(targets, next, next + missing[k], k);
                makeUp(space, members[k], missing[k], training.values(), random.split(), values, next * columns);
                next += missing[k];
            }
        }
        return new TrainingSet(
                new FeatureMatrix(training.features().features(), rows + added, values),
                training.target(),
                targets,
                weights);
    }

    private void makeUp(
            MixedSpace space,
            int[] members,
            int wanted,
            double[] targets,
            SplittableRandom random,
            float[] values,
            int offset) {
        int[] candidates = Neighbours.bounded(members, random);
        int[] bases = shuffled(borderline ? endangered(space, members, targets, random) : members, random);
        int at = offset;
        for (int base = 0; base < bases.length && base < wanted; base++) {
            int[] neighbours = Neighbours.nearest(space, bases[base], candidates, settings.neighbours());
            for (int made = base; made < wanted; made += bases.length) {
                int neighbour = neighbours[random.nextInt(neighbours.length)];
                between(space, bases[base], neighbour, neighbours, random.nextDouble(), values, at);
                at += space.matrix().columns();
            }
        }
    }

    /** The rows of which at least half, but not all, of the neighbours are of other classes; all rows where none is. */
    private static int[] endangered(MixedSpace space, int[] members, double[] targets, SplittableRandom random) {
        int[] all = Neighbours.bounded(IntStream.range(0, targets.length).toArray(), random);
        int[] danger = Arrays.stream(members)
                .filter(row -> {
                    int[] neighbours = Neighbours.nearest(space, row, all, DANGER_NEIGHBOURS);
                    long others = Arrays.stream(neighbours)
                            .filter(neighbour -> targets[neighbour] != targets[row])
                            .count();
                    return 2 * others >= neighbours.length && others < neighbours.length;
                })
                .toArray();
        return danger.length == 0 ? members : danger;
    }

    private static int[] shuffled(int[] rows, SplittableRandom random) {
        int[] order = rows.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** Writes a row between two: numbers at a share of the way, categories as most of the neighbours have them. */
    private static void between(
            MixedSpace space, int base, int neighbour, int[] neighbours, double share, float[] values, int at) {
        FeatureMatrix matrix = space.matrix();
        for (int column = 0; column < matrix.columns(); column++) {
            float from = matrix.get(base, column);
            float to = matrix.get(neighbour, column);
            boolean straight = space.isNumber(column) && !Float.isNaN(from) && !Float.isNaN(to);
            values[at + column] = straight ? (float) (from + share * (to - from)) : from;
        }
        for (int column : space.codes()) {
            float[] votes = new float[neighbours.length];
            for (int i = 0; i < votes.length; i++) {
                votes[i] = matrix.get(neighbours[i], column);
            }
            values[at + column] = mostFrequent(votes);
        }
        for (int[] group : space.groups()) {
            float[] votes = new float[neighbours.length];
            for (int i = 0; i < votes.length; i++) {
                votes[i] = hot(matrix, neighbours[i], group);
            }
            int chosen = (int) mostFrequent(votes);
            for (int i = 0; i < group.length; i++) {
                values[at + group[i]] = i == chosen ? 1 : 0;
            }
        }
    }

    /** Which indicator of a group is set in a row; -1 where none is. */
    private static int hot(FeatureMatrix matrix, int row, int[] group) {
        for (int i = 0; i < group.length; i++) {
            if (matrix.get(row, group[i]) != 0) {
                return i;
            }
        }
        return -1;
    }

    /** The value that occurs most often; the nearest neighbour's among equals. */
    private static float mostFrequent(float[] votes) {
        float best = votes[0];
        int most = 0;
        for (float vote : votes) {
            int count = 0;
            for (float other : votes) {
                count += Float.compare(vote, other) == 0 ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = vote;
            }
        }
        return best;
    }
}
