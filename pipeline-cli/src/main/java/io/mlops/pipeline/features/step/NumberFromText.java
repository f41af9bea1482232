package io.mlops.pipeline.features.step;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number that a text starts with, as in {@code 1. Never Married}, {@code 5more}, {@code $1,200} and {@code 18 - 29
 * years}; NaN where it starts with none.
 */
public record NumberFromText() implements LevelEncoding {
    /**
     * Blanks and signs of comparison and currency; an optional minus; digits, in groups of three where commas stand
     * between them; optional decimals.
     */
    private static final Pattern LEADING =
            Pattern.compile("^[\\s<>=~≤≥$€£]*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\\.[0-9]{1,15})?)(?![0-9])");

    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column + " (number)"));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        numbers[at] = parse(word);
    }

    /** The number that a text starts with, NaN where it starts with none. */
    public static double parse(String text) {
        Matcher matcher = LEADING.matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1).replace(",", "")) : Double.NaN;
    }
}
