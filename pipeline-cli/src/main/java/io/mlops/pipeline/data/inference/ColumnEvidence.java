package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.Tokens;
import java.util.List;

/** What the cells of one column have shown so far. */
final class ColumnEvidence {
    private static final int MOST_TOKENS = 32;

    /** So many texts tell how long texts are. */
    private static final int MOST_MEASURED = 100_000;

    /** Of numbers that cannot be identifiers, nobody asks how many more there are. */
    private static final int MANY = 8192;

    /** From here on, different whole numbers become the same double: only their digits tell them apart. */
    private static final double EXACT = 1L << 53;

    private final Tokens missing;
    private final char decimal;
    final Levels tokens = new Levels(MOST_TOKENS);
    final Levels numberLevels;
    final Levels textLevels;
    private final KeySet distinct;
    final DateEvidence dates = new DateEvidence();

    long rows;
    long empty;
    long padded;

    long numbers;
    long integers;
    long compactDates;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    /** Whether no number is smaller than the one before it. */
    boolean ordered = true;
    /** Whether each number is the one before it plus one. */
    boolean counting = true;

    private double previous = Double.NaN;
    private long measured;
    private long characters;
    private long blanks;

    long texts;
    int longest;

    /** A sum over all cells and their rows: equal for columns that are equal in every row. */
    long checksum;

    private boolean seeded;
    private boolean counted = true;

    /**
     * Starts with nothing seen.
     *
     * @param mostLevels how many values are told apart with their counts
     * @param mostDistinct how many values are counted exactly
     */
    ColumnEvidence(Tokens missing, char decimal, int mostLevels, int mostDistinct) {
        this.missing = missing;
        this.decimal = decimal;
        this.numberLevels = new Levels(mostLevels);
        this.textLevels = new Levels(mostLevels);
        this.distinct = new KeySet(mostDistinct);
    }

    /** Looks at one cell, and gives its key. */
    long add(char[] buffer, int offset, int length) {
        int end = offset + length;
        int start = offset;
        if (length > 0 && (Cells.isBlank(buffer[start]) || Cells.isBlank(buffer[end - 1]))) {
            start = Cells.trimStart(buffer, start, end);
            end = Cells.trimEnd(buffer, start, end);
            padded += end > start ? 1 : 0;
        }
        long key = key(buffer, start, end - start);
        checksum += Keys.mix(key + rows * 0x9E3779B97F4A7C15L);
        rows++;
        return key;
    }

    private long key(char[] buffer, int start, int length) {
        if (length == 0) {
            empty++;
            return Keys.MISSING;
        }
        if (missing.contains(buffer, start, length)) {
            tokens.add(Keys.text(buffer, start, length), buffer, start, length);
            return Keys.MISSING;
        }
        double value = Cells.parseNumber(buffer, start, length, decimal);
        long key;
        if (Double.isNaN(value)) {
            key = Keys.text(buffer, start, length);
            addText(buffer, start, length);
            textLevels.add(key, buffer, start, length);
        } else {
            key = Math.abs(value) < EXACT ? Keys.number(value) : Keys.text(buffer, start, length);
            addNumber(value);
            if (!numberLevels.overflown()) {
                numberLevels.add(key, buffer, start, length);
            }
        }
        if (!seeded) {
            if (numberLevels.overflown() || textLevels.overflown()) {
                seed(key);
            }
        } else if (counted) {
            distinct.add(key);
            boolean mayIdentify = !distinct.repeats() && integers == numbers;
            counted = texts > 0 || mayIdentify || distinct.count() < MANY;
        }
        return key;
    }

    /** Goes on from the values known so far, which no longer fit a list of levels. */
    private void seed(long key) {
        seeded = true;
        for (Levels levels : List.of(numberLevels, textLevels)) {
            for (int level = 0; level < levels.size(); level++) {
                distinct.add(levels.key(level));
                if (levels.count(level) > 1) {
                    distinct.add(levels.key(level));
                }
            }
        }
        distinct.add(key);
    }

    private void addNumber(double value) {
        if (value == Math.rint(value)) {
            integers++;
            compactDates += isCompactDate(value) ? 1 : 0;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (numbers > 0) {
            ordered &= value >= previous;
            counting &= value == previous + 1;
        }
        previous = value;
        numbers++;
    }

    private static boolean isCompactDate(double value) {
        if (value < 19_000_101 || value > 21_001_231) {
            return false;
        }
        int date = (int) value;
        int month = date / 100 % 100;
        int day = date % 100;
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private void addText(char[] buffer, int start, int length) {
        texts++;
        longest = Math.max(longest, length);
        if (measured < MOST_MEASURED) {
            measured++;
            characters += length;
            for (int position = start; position < start + length; position++) {
                blanks += buffer[position] == ' ' ? 1 : 0;
            }
        }
        dates.add(buffer, start, length);
    }

    /** How many characters a text has on average. */
    double averageLength() {
        return measured == 0 ? 0 : (double) characters / measured;
    }

    /** How many blanks a text has on average. */
    double averageBlanks() {
        return measured == 0 ? 0 : (double) blanks / measured;
    }

    long present() {
        return numbers + texts;
    }

    long missing() {
        return rows - present();
    }

    /** Whether no value occurs twice, as far as was counted. */
    boolean unique() {
        if (!seeded) {
            return present() > 0 && !numberLevels.repeats() && !textLevels.repeats();
        }
        return !distinct.repeats() && (distinct.exact() || distinct.count() >= 0.97 * present());
    }

    /** How many values there are. */
    long distinctCount() {
        return seeded ? distinct.count() : numberLevels.size() + textLevels.size();
    }

    /** Whether {@link #distinctCount} is exact. */
    boolean distinctExact() {
        return !seeded || (distinct.exact() && counted);
    }
}
