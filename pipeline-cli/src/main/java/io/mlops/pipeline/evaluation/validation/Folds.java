package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which rows are held out, and which are learned from meanwhile. */
public final class Folds {
    /** The share of rows that is held out where one part is. */
    static final double HELD_OUT = 0.2;

    private Folds() {}

    /** The folds of a plan, repetition by repetition; a fold that could not be learned from or checked on is left out. */
    public static List<Fold> of(FoldPlan plan, RowKeys keys, Target target, long seed) {
        List<Fold> folds = new ArrayList<>();
        if (plan.folds() == 1) {
            holdOut(keys, target, plan.by(), HELD_OUT, seed).ifPresent(folds::add);
            return List.copyOf(folds);
        }
        Strata strata = Strata.of(keys.values(), target);
        for (int repeat = 0; repeat < plan.repeats() && plan.folds() > 0; repeat++) {
            long shuffled = Hashes.mix(seed, repeat);
            boolean byTime = plan.by() == By.TIME;
            int[] part =
                    switch (plan.by()) {
                        case TIME -> Parts.byTime(timesOf(keys), starts(plan.folds()));
                        case GROUP -> Parts.byGroup(groupsOf(keys), strata, plan.folds(), shuffled);
                        case RANDOM, AUTO -> Parts.random(keys, strata, plan.folds(), shuffled);
                    };
            for (int index = 0; index < plan.folds(); index++) {
                fold(keys, target, part, byTime ? index + 1 : index, byTime, repeat, index)
                        .ifPresent(folds::add);
            }
        }
        return List.copyOf(folds);
    }

    /**
     * The folds of a plan, to compare models on.
     *
     * @param purpose what they are for, for people
     * @throws PipelineException where there are none, or all rows held out have the same class
     */
    public static List<Fold> toCompare(FoldPlan plan, RowKeys keys, Target target, long seed, String purpose) {
        List<Fold> folds = of(plan, keys, target, seed);
        if (plan.folds() == 0) {
            throw PipelineException.data(purpose + ", and there are none: " + plan.reason()
                    + "; give it more rows, or name a family with --model");
        }
        int[] heldOut = folds.stream()
                .flatMapToInt(fold -> Arrays.stream(fold.heldOut()))
                .toArray();
        if (!isTelling(heldOut, keys, target)) {
            String kind = target.task().isClassification() ? " of more than one class" : "";
            throw PipelineException.data(purpose + ", and "
                    + (folds.isEmpty() ? "these leave none" + kind + " to learn from" : "there are none" + kind) + ": "
                    + plan.describe()
                    + "; give it other rows, let train.cross_validation.by be random, or name a family with --model");
        }
        return folds;
    }

    /**
     * One part held out: stratified, the newest rows, or whole groups; empty where that leaves nothing to learn from or to
     * check on.
     *
     * @param share how much is held out, 0 to 1; a random share is rounded to one part of a whole number
     */
    public static Optional<Fold> holdOut(RowKeys keys, Target target, By by, double share, long seed) {
        if (keys.rows() < 2 || share <= 0) {
            return Optional.empty();
        }
        Strata strata = Strata.of(keys.values(), target);
        int parts = Math.max(2, (int) Math.round(1 / share));
        return switch (by) {
            case TIME -> fold(keys, target, Parts.byTime(timesOf(keys), 1 - share), 1, true, 0, 0);
            case GROUP -> fold(keys, target, Parts.byGroup(groupsOf(keys), strata, parts, seed), 0, false, 0, 0);
            case RANDOM, AUTO -> fold(keys, target, Parts.random(keys, strata, parts, seed), 0, false, 0, 0);
        };
    }

    private static double[] starts(int folds) {
        return IntStream.rangeClosed(1, folds)
                .mapToDouble(block -> block / (folds + 1.0))
                .toArray();
    }

    private static Optional<Fold> fold(
            RowKeys keys, Target target, int[] part, int heldOut, boolean byTime, int repeat, int index) {
        int[] out = where(part.length, row -> part[row] == heldOut);
        int[] in = where(part.length, row -> byTime ? part[row] < heldOut : part[row] != heldOut);
        long[] groups = keys.groups();
        if (byTime && groups != null) {
            in = without(in, out, groups);
        }
        return isTelling(in, keys, target) && out.length > 0
                ? Optional.of(new Fold(repeat, index, in, out))
                : Optional.empty();
    }

    /** Whether models can be told apart by rows: several classes are among them, or any number. */
    public static boolean isTelling(int[] rows, RowKeys keys, Target target) {
        int needed = target.task().isClassification() ? 2 : 1;
        return Arrays.stream(rows)
                        .mapToDouble(row -> keys.values()[row])
                        .distinct()
                        .limit(needed)
                        .count()
                == needed;
    }

    /** The rows of no group that is held out. */
    private static int[] without(int[] rows, int[] heldOut, long[] groups) {
        long[] taken =
                Arrays.stream(heldOut).mapToLong(row -> groups[row]).sorted().toArray();
        return Arrays.stream(rows)
                .filter(row -> Arrays.binarySearch(taken, groups[row]) < 0)
                .toArray();
    }

    private static int[] where(int rows, IntPredicate chosen) {
        return IntStream.range(0, rows).filter(chosen).toArray();
    }

    private static long[] timesOf(RowKeys keys) {
        return required(keys.times(), "time");
    }

    private static long[] groupsOf(RowKeys keys) {
        return required(keys.groups(), "group");
    }

    private static long[] required(long @Nullable [] column, String name) {
        if (column == null) {
            throw PipelineException.usage("train.cross_validation.by is '" + name + "', but no column is named in data."
                    + name + "; name one, or set train.cross_validation.by to random");
        }
        return column;
    }
}
