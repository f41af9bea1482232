package io.mlops.pipeline.evaluation.calibration;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Fits a calibration on rows that were held out, and keeps it where it helps.
 *
 * <p>{@link CalibrationMethod#AUTO} cross-fits each candidate: every part of the rows is corrected by a fit on the others.
 * A candidate is kept where its mean log loss is lower than without by more than two standard errors of the difference
 * and by at least half a percent; of several, the one with the lowest loss.
 */
public final class Calibrator {
    /** Below so many rows of two classes a fit of two numbers is mostly noise. */
    static final int FEWEST_ROWS = 300;

    /** Below so many rows of more classes one exponent for all is. */
    static final int FEWEST_OF_MANY_CLASSES = 500;

    /** From so many rows of two classes on one exponent is tried, too. */
    static final int FEWEST_FOR_TEMPERATURE = 3_000;

    /** Below so many rows a free curve follows chance. */
    static final int FEWEST_FOR_ISOTONIC = 2_000;

    private static final double STANDARD_ERRORS = 2;
    private static final double LEAST_SHARE = 0.005;

    private Calibrator() {}

    /** Fits the calibration that is set, or the one that helps. */
    public static CalibrationChoice choose(HeldOutOutputs rows, CalibrationMethod method) {
        if (method == CalibrationMethod.NONE) {
            return CalibrationChoice.none("as set");
        }
        if (rows.classes() != 2 && (method == CalibrationMethod.PLATT || method == CalibrationMethod.ISOTONIC)) {
            throw PipelineException.usage("train.calibration: " + name(method) + " is for two classes, and there are "
                    + rows.classes() + "; set it to temperature or auto");
        }
        if (rows.size() == 0) {
            return CalibrationChoice.none("there are no held-out rows to fit it on");
        }
        if (method != CalibrationMethod.AUTO) {
            return new CalibrationChoice(
                    fit(rows, method),
                    method,
                    mean(losses(rows, CalibrationMethod.NONE)),
                    mean(losses(rows, method)),
                    name(method) + ", as set");
        }
        int distinct = rows.distinct();
        int fewest = rows.classes() == 2 ? FEWEST_ROWS : FEWEST_OF_MANY_CLASSES;
        if (distinct < fewest) {
            return CalibrationChoice.none("fewer than " + fewest + " held-out rows");
        }
        double[] before = losses(rows, CalibrationMethod.NONE);
        CalibrationMethod best = CalibrationMethod.NONE;
        double least = mean(before);
        for (CalibrationMethod candidate : candidates(rows.classes(), distinct)) {
            double[] after = losses(rows, candidate);
            if (mean(after) < least && improves(before, after)) {
                best = candidate;
                least = mean(after);
            }
        }
        if (best == CalibrationMethod.NONE) {
            return new CalibrationChoice(
                    new Calibration.None(),
                    CalibrationMethod.NONE,
                    mean(before),
                    mean(before),
                    "no calibration lowers the log loss beyond noise");
        }
        return new CalibrationChoice(
                fit(rows, best),
                best,
                mean(before),
                least,
                String.format(
                        Locale.ROOT,
                        "%s lowers the cross-fitted log loss by %.1f %%",
                        name(best),
                        100 * (1 - least / mean(before))));
    }

    private static List<CalibrationMethod> candidates(int classes, int rows) {
        if (classes != 2) {
            return List.of(CalibrationMethod.TEMPERATURE);
        }
        List<CalibrationMethod> candidates = new ArrayList<>(List.of(CalibrationMethod.PLATT));
        if (rows >= FEWEST_FOR_ISOTONIC) {
            candidates.add(CalibrationMethod.ISOTONIC);
        }
        if (rows >= FEWEST_FOR_TEMPERATURE) {
            candidates.add(CalibrationMethod.TEMPERATURE);
        }
        return candidates;
    }

    /** Fits one kind of calibration. */
    public static Calibration fit(HeldOutOutputs rows, CalibrationMethod method) {
        return switch (method) {
            case PLATT -> Fits.platt(rows);
            case TEMPERATURE -> Fits.temperature(rows);
            case ISOTONIC -> Fits.isotonic(rows);
            case NONE, AUTO -> new Calibration.None();
        };
    }

    /** The outputs of all rows, each corrected by a calibration fitted on other parts of the rows. */
    static double[] crossFitted(HeldOutOutputs rows, CalibrationMethod method) {
        double[] corrected = rows.outputs().clone();
        for (int part = 0; method != CalibrationMethod.NONE && part < HeldOutOutputs.PARTS; part++) {
            HeldOutOutputs inside = rows.where(part, true);
            HeldOutOutputs outside = rows.where(part, false);
            if (inside.size() == 0 || outside.size() == 0) {
                continue;
            }
            double[] outputs = fit(outside, method).apply(inside.outputs(), rows.classes());
            int next = 0;
            for (int i = 0; i < rows.size(); i++) {
                if (rows.part()[i] == part) {
                    System.arraycopy(outputs, next, corrected, i * rows.classes(), rows.classes());
                    next += rows.classes();
                }
            }
        }
        return corrected;
    }

    /** The mean log loss of each different row, corrected by a fit without it. */
    private static double[] losses(HeldOutOutputs rows, CalibrationMethod method) {
        double[] sums = new double[rows.rows()];
        int[] times = new int[sums.length];
        double[] outputs = crossFitted(rows, method);
        for (int i = 0; i < rows.size(); i++) {
            double probability = outputs[i * rows.classes() + (int) rows.truth()[i]];
            sums[rows.row()[i]] -= Math.log(Math.max(Calibration.SMALLEST, probability));
            times[rows.row()[i]]++;
        }
        return IntStream.range(0, sums.length)
                .filter(row -> times[row] > 0)
                .mapToDouble(row -> sums[row] / times[row])
                .toArray();
    }

    private static boolean improves(double[] before, double[] after) {
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < before.length; row++) {
            double delta = before[row] - after[row] - mean;
            mean += delta / (row + 1);
            squares += delta * (before[row] - after[row] - mean);
        }
        double error = Math.sqrt(squares / before.length / Math.max(1, before.length - 1));
        return mean > STANDARD_ERRORS * error && mean > LEAST_SHARE * mean(before);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static String name(CalibrationMethod method) {
        return method.name().toLowerCase(Locale.ROOT);
    }
}
