package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the evidence of one column gives reason to say. */
final class ColumnFindings {
    private static final long MANY_LEVELS = 50;
    private static final double ZERO_GAP = 0.15;
    private static final int FEW_CODES = 20;

    private final InferredColumn column;
    private final ColumnEvidence evidence;
    private final TypeChoice choice;
    private final List<Finding> findings;

    ColumnFindings(InferredColumn column, ColumnEvidence evidence, TypeChoice choice, List<Finding> findings) {
        this.column = column;
        this.evidence = evidence;
        this.choice = choice;
        this.findings = findings;
    }

    /**
     * Adds what there is to say about a column that is read.
     *
     * @param sorted the numbers of the column in the sample, from the smallest on
     */
    void report(double[] sorted) {
        junk();
        missing();
        dates();
        if (column.role() == Role.FEATURE) {
            sentinels(sorted);
            strangers(sorted);
            levels();
            order();
        }
    }

    private void junk() {
        if (column.junk() == 0) {
            return;
        }
        boolean much = column.junk() > 0.05 * evidence.present();
        findings.add(new Finding(
                much ? Finding.Level.WARNING : Finding.Level.DECIDED,
                column.name(),
                "cells that are no " + noun(column.type()) + " become missing",
                Words.count(column.junk(), "cell", "cells") + ", such as " + Words.counts(column.junkExamples()),
                much ? "set the type to category if these words mean something" : "mend them in the source"));
    }

    private static String noun(ColumnType type) {
        return switch (type) {
            case NUMBER -> "number";
            case INTEGER -> "whole number";
            case BOOLEAN -> "yes or no";
            case DATETIME -> "date";
            case CATEGORY, TEXT, IDENTIFIER -> "text";
        };
    }

    private void missing() {
        double share = (double) column.missing() / Math.max(1, column.rows());
        if (share > 0.5) {
            findings.add(Finding.note(
                    column.name(),
                    "most cells are missing",
                    Words.percent(share) + " of " + column.rows() + " rows",
                    "that a value is there at all may say more than the value"));
        }
        if (evidence.distinctCount() == 1 && column.missing() > 0 && column.role() == Role.FEATURE) {
            findings.add(Finding.note(
                    column.name(),
                    "one value or none",
                    "every cell that is not missing is the same",
                    "only whether the cell is missing can be learned from"));
        }
    }

    private void dates() {
        if (column.type() != ColumnType.DATETIME) {
            return;
        }
        DateEvidence.@Nullable Fit fit = evidence.dates.best();
        if (choice.alternative() != null) {
            findings.add(Finding.question(
                    column.name(),
                    "day and month cannot be told apart",
                    "every date fits " + column.schema().format() + " as well as " + choice.alternative(),
                    "read as " + column.schema().format() + "; set format in the schema if that is wrong"));
        }
        if (fit != null && column.role() == Role.FEATURE) {
            findings.add(Finding.question(
                    column.name(),
                    "the rows have a time",
                    "from " + day(fit.first()) + " to " + day(fit.last())
                            + (fit.ordered() ? ", in this order in the file" : ""),
                    "if later rows are to be predicted from earlier ones, set data.time to this column and"
                            + " data.split.by to time"));
        }
    }

    private static String day(long millis) {
        return DateTimeFormatter.ISO_LOCAL_DATE.format(
                Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    private void levels() {
        boolean category = column.type() == ColumnType.CATEGORY;
        if (category && column.distinct() > MANY_LEVELS) {
            findings.add(Finding.note(
                    column.name(),
                    "a category with many levels",
                    column.distinct() + " different values in " + column.rows() + " rows",
                    "set the type to text if the words in it matter, or ignore it"));
        }
        boolean repeats = column.distinct() > 1 && column.distinct() < 0.9 * evidence.present();
        if (TypeChoice.isCalledIdentifier(column.name()) && repeats && column.distinct() > 20) {
            findings.add(Finding.question(
                    column.name(),
                    "rows may belong together",
                    "it is called an id and has " + (column.distinctExact() ? "" : "about ") + column.distinct()
                            + " values in " + column.rows() + " rows",
                    "set data.group to this column so that rows of one group never stand in training and test at"
                            + " once"));
        } else if (column.type() == ColumnType.TEXT
                && evidence.texts > 100
                && column.distinct() >= 0.99 * evidence.present()
                && evidence.averageBlanks() < 0.1) {
            findings.add(Finding.question(
                    column.name(),
                    "nearly an identifier",
                    column.distinct() + " different values in " + column.rows() + " rows",
                    "add it to data.id if it only names the rows"));
        }
    }

    private void order() {
        if (!column.type().isNumeric() || evidence.texts > 0 || evidence.numbers < 1000 || !evidence.ordered) {
            return;
        }
        if (evidence.numberLevels.overflown() || evidence.numberLevels.size() > 50) {
            findings.add(Finding.question(
                    column.name(),
                    "the rows are sorted by this column",
                    "no value is smaller than the one in the row before",
                    "if it stands for time, set data.time to it and data.split.by to time"));
        }
    }

    /** Values at an end of the range, repeated and far from all others, which may stand for "missing". */
    private void sentinels(double[] sorted) {
        if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.INTEGER) {
            return;
        }
        int count = sorted.length;
        if (count < 50 || (!evidence.numberLevels.overflown() && evidence.numberLevels.size() <= 20)) {
            return;
        }
        double low = sorted[0];
        int lows = runFrom(sorted, 0, 1);
        double high = sorted[count - 1];
        int highs = runFrom(sorted, count - 1, -1);
        if (lows >= 3 && lows < count) {
            double[] rest = Arrays.copyOfRange(sorted, lows, count);
            double gap = rest[0] - low;
            double usual = quantile(rest, 0.5) - rest[0];
            boolean apart = column.type() == ColumnType.INTEGER
                    ? gap >= 5 && gap > ZERO_GAP * quantile(rest, 0.5)
                    : gap > ZERO_GAP * quantile(rest, 0.5);
            if (low == 0 ? apart : isCode(low) && gap > usual) {
                ask(low, lows, count, rest[0], "next larger");
            }
        }
        if (highs >= 3 && highs < count && isCode(high)) {
            double[] rest = Arrays.copyOf(sorted, count - highs);
            double top = rest[rest.length - 1];
            if (high - top > top - quantile(rest, 0.5)) {
                ask(high, highs, count, top, "next smaller");
            }
        }
    }

    /** Few whole numbers, and beyond them, far away, a handful of others: codes that nobody knows. */
    private void strangers(double[] sorted) {
        int count = sorted.length;
        if (column.type() != ColumnType.INTEGER || count < 100) {
            return;
        }
        double usual = quantile(sorted, 0.97);
        int beyond = 0;
        while (beyond < count && sorted[count - 1 - beyond] > 3 * Math.max(1, usual)) {
            beyond++;
        }
        long codes = Arrays.stream(sorted, 0, count - beyond).distinct().count();
        if (beyond > 0 && codes <= FEW_CODES) {
            double[] far = Arrays.copyOfRange(sorted, count - beyond, count);
            List<String> examples = Arrays.stream(far)
                    .distinct()
                    .limit(5)
                    .mapToObj(Words::number)
                    .toList();
            findings.add(Finding.question(
                    column.name(),
                    "some numbers are far from all others",
                    Words.count(beyond, "value", "values") + " such as " + String.join(", ", examples)
                            + "; all others are " + codes + " numbers up to "
                            + Words.number(sorted[count - beyond - 1]),
                    "if they are mistakes, mend them in the source; max: " + Words.number(sorted[count - beyond - 1])
                            + " in the schema reports them"));
        }
    }

    private void ask(double value, int times, int of, double next, String side) {
        findings.add(Finding.question(
                column.name(),
                "does " + Words.number(value) + " stand for missing?",
                Words.percent((double) times / of) + " of the values are " + Words.number(value) + ", the " + side
                        + " one is " + Words.number(next),
                "add '" + Words.number(value) + "' to missing of this column in the schema if it does"));
    }

    /** Whether people write a number to say that there is none: -1, -200, 99, 9999. */
    private static boolean isCode(double value) {
        String digits = Words.number(Math.abs(value));
        return value < 0 || digits.chars().allMatch(digit -> digit == '9');
    }

    private static int runFrom(double[] sorted, int from, int step) {
        int count = 0;
        for (int i = from; i >= 0 && i < sorted.length && sorted[i] == sorted[from]; i += step) {
            count++;
        }
        return count;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
