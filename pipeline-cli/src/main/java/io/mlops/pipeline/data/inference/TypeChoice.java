package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.BooleanWords;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column: that of the overwhelming majority of its cells.
 *
 * @param junk how many cells are not of the type
 * @param alternative a format of dates that fits as well as the chosen one; null where there is none
 * @param reason the evidence, in words
 */
record TypeChoice(ColumnSchema schema, long junk, @Nullable String alternative, String reason) {
    /** From this share on, a column of numbers is one in spite of its junk. */
    private static final double OVERWHELMING = 0.95;

    /** So many different numbers are measurements and no codes, even beside many words. */
    private static final int MEASUREMENTS = 50;

    private static final int FEWEST_TO_IDENTIFY = 30;
    private static final int LONG_TEXT = 50;

    static TypeChoice of(String name, ColumnEvidence evidence) {
        if (evidence.present() == 0) {
            return choice(ColumnType.CATEGORY, 0, "no cell holds a value");
        }
        DateEvidence.Fit dates = evidence.dates.best();
        if (dates != null && dates.fitting() >= OVERWHELMING * evidence.present()) {
            return new TypeChoice(
                    withFormat(dates.format()),
                    evidence.present() - dates.fitting(),
                    dates.alternative(),
                    "dates written as " + dates.format());
        }
        TypeChoice yesNo = words(evidence);
        if (yesNo != null) {
            return yesNo;
        }
        if (isNumeric(evidence)) {
            return number(name, evidence);
        }
        return text(evidence);
    }

    private static ColumnSchema withFormat(String format) {
        ColumnSchema plain = ColumnSchema.of(ColumnType.DATETIME);
        return new ColumnSchema(
                plain.type(),
                plain.required(),
                plain.allowed(),
                null,
                null,
                null,
                false,
                plain.missing(),
                format,
                List.of(),
                List.of(),
                plain.severity());
    }

    private static ColumnSchema withWords(List<String> yes, List<String> no) {
        ColumnSchema plain = ColumnSchema.of(ColumnType.BOOLEAN);
        return new ColumnSchema(
                plain.type(),
                plain.required(),
                plain.allowed(),
                null,
                null,
                null,
                false,
                plain.missing(),
                null,
                yes,
                no,
                plain.severity());
    }

    private static TypeChoice choice(ColumnType type, long junk, String reason) {
        return new TypeChoice(ColumnSchema.of(type), junk, null, reason);
    }

    /** A boolean of words, where the column has two opposite ones and hardly anything else. */
    private static @Nullable TypeChoice words(ColumnEvidence evidence) {
        if (evidence.numbers > 0 || evidence.textLevels.overflown()) {
            return null;
        }
        Map<String, Long> levels = evidence.textLevels.byCount(Integer.MAX_VALUE);
        for (List<String> pair : BooleanWords.KNOWN) {
            long yes = count(levels, pair.get(0));
            long no = count(levels, pair.get(1));
            if (yes > 0 && no > 0 && yes + no >= 0.98 * evidence.texts) {
                return new TypeChoice(
                        withWords(List.of(pair.get(0)), List.of(pair.get(1))),
                        evidence.texts - yes - no,
                        null,
                        "the words " + pair.get(0) + " and " + pair.get(1));
            }
        }
        return null;
    }

    private static long count(Map<String, Long> levels, String word) {
        return levels.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(word))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isNumeric(ColumnEvidence evidence) {
        if (evidence.texts == 0) {
            return true;
        }
        boolean codes = !evidence.numberLevels.overflown() && evidence.numberLevels.size() <= MEASUREMENTS;
        if (codes && hasLevelWithDigits(evidence)) {
            return false;
        }
        if (evidence.numbers >= OVERWHELMING * evidence.present()) {
            return true;
        }
        return !codes
                && evidence.numbers >= 0.5 * evidence.present()
                && !evidence.textLevels.overflown()
                && evidence.textLevels.size() <= 10;
    }

    /** Whether a word such as {@code 5more} or {@code 3+} is frequent enough to be one of few levels. */
    private static boolean hasLevelWithDigits(ColumnEvidence evidence) {
        for (int level = 0; level < evidence.textLevels.size(); level++) {
            boolean digits = evidence.textLevels.label(level).chars().anyMatch(Character::isDigit);
            if (digits && evidence.textLevels.count(level) >= 0.01 * evidence.present()) {
                return true;
            }
        }
        return false;
    }

    private static TypeChoice number(String name, ColumnEvidence evidence) {
        boolean whole = evidence.integers == evidence.numbers;
        if (whole && evidence.texts == 0 && identifies(name, evidence)) {
            return choice(ColumnType.IDENTIFIER, 0, identifierReason(evidence));
        }
        if (evidence.numberLevels.size() == 2 && evidence.min == 0 && evidence.max == 1 && whole) {
            return new TypeChoice(withWords(List.of("1"), List.of("0")), evidence.texts, null, "0 and 1 only");
        }
        if (whole && evidence.texts == 0 && evidence.compactDates == evidence.numbers && evidence.numbers >= 30) {
            return new TypeChoice(
                    withFormat("yyyyMMdd"), 0, null, "every number is a day such as " + (long) evidence.min);
        }
        String reason = whole ? "whole numbers" : "numbers";
        if (evidence.texts > 0) {
            reason = String.format(
                    Locale.ROOT, "%.1f %% of the values are %s", 100.0 * evidence.numbers / evidence.present(), reason);
        }
        return choice(whole ? ColumnType.INTEGER : ColumnType.NUMBER, evidence.texts, reason);
    }

    /** Whether whole numbers only name the rows: they count them, fill a range without a gap, or are called an id. */
    private static boolean identifies(String name, ColumnEvidence evidence) {
        long count = evidence.numbers;
        if (count < FEWEST_TO_IDENTIFY || evidence.missing() > 0 || evidence.min < 0 || !evidence.unique()) {
            return false;
        }
        boolean dense = evidence.max - evidence.min + 1 == count;
        return evidence.counting || (dense && count >= 100) || isCalledIdentifier(name);
    }

    private static String identifierReason(ColumnEvidence evidence) {
        if (evidence.counting) {
            return "counts the rows from " + (long) evidence.min + " to " + (long) evidence.max;
        }
        return evidence.max - evidence.min + 1 == evidence.numbers
                ? "every whole number from " + (long) evidence.min + " to " + (long) evidence.max + " once"
                : "whole numbers, each once, in a column called an id";
    }

    /** Whether the words of a name, in any usual style, include id, uuid or guid. */
    static boolean isCalledIdentifier(String name) {
        for (String word : name.split("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.equals("id") || lower.equals("uuid") || lower.equals("guid")) {
                return true;
            }
        }
        return false;
    }

    private static TypeChoice text(ColumnEvidence evidence) {
        long present = evidence.present();
        double length = evidence.averageLength();
        double blanks = evidence.averageBlanks();
        boolean unique = evidence.unique();
        if (unique
                && evidence.distinctExact()
                && present >= FEWEST_TO_IDENTIFY
                && evidence.missing() == 0
                && blanks < 0.1
                && evidence.longest <= 64) {
            return choice(ColumnType.IDENTIFIER, 0, "a code that differs in every row");
        }
        if (unique && !evidence.distinctExact() && evidence.missing() == 0 && blanks < 0.1 && evidence.longest <= 64) {
            return choice(ColumnType.IDENTIFIER, 0, "a code that differs in every row, as far as can be told");
        }
        if (length > LONG_TEXT || blanks >= 5) {
            return choice(
                    ColumnType.TEXT, 0, String.format(Locale.ROOT, "texts of %.0f characters on average", length));
        }
        if (evidence.distinctCount() > MEASUREMENTS && evidence.distinctCount() > 0.5 * present) {
            return choice(
                    ColumnType.TEXT,
                    0,
                    String.format(
                            Locale.ROOT,
                            "%d different texts in %d cells: too many for categories",
                            evidence.distinctCount(),
                            present));
        }
        return choice(
                ColumnType.CATEGORY,
                0,
                evidence.numbers > 0
                        ? "words and numbers, " + evidence.distinctCount() + " different"
                        : evidence.distinctCount() + (evidence.distinctCount() == 1 ? " word" : " different words"));
    }
}
