package io.mlops.pipeline.evaluation.validation;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a model is validated.
 *
 * @param by what decides the part a row falls into; never {@link By#AUTO}
 * @param folds 0 for no validation, 1 for one part held out
 * @param repeats how many times the rows are cut anew
 * @param reason why, for people
 */
public record FoldPlan(By by, int folds, int repeats, String reason) {
    /** From so many rows on, one repetition is enough for scores that hardly move. */
    public static final int ONE_REPEAT = 20_000;

    /** From so many rows on, one held-out part is enough. */
    public static final int ONE_PART = 200_000;

    /** So many columns weigh as much as one row more: wide rows take as long as many. */
    private static final int COLUMNS_OF_A_ROW = 50;

    private static final int FOLDS = 5;
    private static final int REPEATS = 3;

    /** Fewer parts than this for the sake of one rare class among several would make the others' scores poorer. */
    private static final int FEWEST_FOR_MANY_CLASSES = 3;

    /**
     * The plan for rows of a size and kind; what is set wins, as far as the rows allow it.
     *
     * @param columns how many columns are learned from
     */
    public static FoldPlan of(RowKeys keys, Target target, CrossValidationSettings settings, int columns) {
        By by = resolve(settings.by(), keys);
        Integer wanted = settings.folds();
        if (wanted != null && wanted == 0) {
            return none(by, "folds is 0");
        }
        long size = Math.max(keys.rows(), (long) keys.rows() * columns / COLUMNS_OF_A_ROW);
        String reason = wanted != null ? "as set" : reasonFor(keys.rows(), columns, size);
        int folds = wanted != null ? wanted : size < ONE_PART ? FOLDS : 1;
        int repeats = repeats(settings.repeats(), by, folds, size);
        int possible = possible(keys, target, by);
        if (possible < (by == By.TIME ? 1 : 2)) {
            return none(
                    by,
                    switch (by) {
                        case GROUP -> "there is only one group";
                        case TIME -> "all rows have the same time";
                        case RANDOM, AUTO -> "a class, or the table, has too few different rows";
                    });
        }
        if (folds > possible) {
            folds = possible;
            reason += "; fewer because the rarest class or the groups give no more";
        }
        return new FoldPlan(by, folds, repeats, reason);
    }

    /** What decides where {@link By#AUTO} leaves it to the columns. */
    public static By resolve(By by, RowKeys keys) {
        if (by != By.AUTO) {
            return by;
        }
        return keys.times() != null ? By.TIME : keys.groups() != null ? By.GROUP : By.RANDOM;
    }

    private static FoldPlan none(By by, String reason) {
        return new FoldPlan(by, 0, 0, reason);
    }

    private static int repeats(@Nullable Integer wanted, By by, int folds, long size) {
        if (by == By.TIME || folds == 1) {
            return 1;
        }
        return wanted != null ? wanted : size < ONE_REPEAT ? REPEATS : 1;
    }

    private static String reasonFor(int rows, int columns, long size) {
        String count = String.format(Locale.ROOT, "%,d rows", rows)
                + (size > rows ? String.format(Locale.ROOT, " of %,d columns", columns) : "");
        if (size < ONE_REPEAT) {
            return count + ", few enough for chance to matter";
        }
        return count + (size < ONE_PART ? ", enough for one repetition" : ", enough for one held-out part");
    }

    private static int possible(RowKeys keys, Target target, By by) {
        long[] groups = keys.groups();
        long[] times = keys.times();
        if (by == By.GROUP && groups != null) {
            return distinct(groups);
        }
        if (by == By.TIME && times != null) {
            return distinct(times) - 1;
        }
        if (target.task() == Task.REGRESSION) {
            return distinct(keys.hashes());
        }
        int smallest = Strata.of(keys.values(), target).smallest();
        return target.task() == Task.BINARY ? smallest : Math.max(FEWEST_FOR_MANY_CLASSES, smallest);
    }

    private static int distinct(long[] values) {
        return (int) Arrays.stream(values).distinct().count();
    }

    /** What is done and why, in words: {@code 5 folds x 3 repetitions, stratified; 800 rows, …}. */
    public String describe() {
        if (folds == 0) {
            return "no cross-validation: " + reason;
        }
        String order =
                switch (by) {
                    case RANDOM, AUTO -> "stratified by the target";
                    case TIME -> folds == 1 ? "the newest rows" : "forward in time: each learns only from older rows";
                    case GROUP -> "whole groups";
                };
        String parts = folds == 1
                ? "one fifth of the training rows held out"
                : folds + " folds" + (repeats > 1 ? " x " + repeats + " repetitions" : "");
        return parts + ", " + order + " (" + reason + ")";
    }
}
