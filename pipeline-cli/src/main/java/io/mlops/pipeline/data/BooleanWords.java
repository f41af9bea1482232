package io.mlops.pipeline.data;

import java.util.Collection;
import java.util.List;

/** The words that mean true and false in a column; 1 and 0 may also be written 1.0 and 0.0. */
public final class BooleanWords {
    /** Pairs of opposite words that are known without being told, the true one first. */
    public static final List<List<String>> KNOWN = List.of(
            List.of("1", "0"),
            List.of("true", "false"),
            List.of("yes", "no"),
            List.of("t", "f"),
            List.of("y", "n"),
            List.of("on", "off"),
            List.of("ja", "nein"),
            List.of("oui", "non"),
            List.of("si", "no"),
            List.of("sí", "no"),
            List.of("wahr", "falsch"),
            List.of("vrai", "faux"));

    /** Every known word. */
    public static final BooleanWords ANY = new BooleanWords(
            KNOWN.stream().map(pair -> pair.get(0)).toList(),
            KNOWN.stream().map(pair -> pair.get(1)).toList());

    private final Tokens yes;
    private final Tokens no;

    private BooleanWords(Collection<String> yes, Collection<String> no) {
        this.yes = withFraction(yes);
        this.no = withFraction(no);
    }

    private static Tokens withFraction(Collection<String> words) {
        Tokens tokens = Tokens.of(words);
        return tokens.and(tokens.words().stream()
                .filter(word -> word.equals("0") || word.equals("1"))
                .map(word -> word + ".0")
                .toList());
    }

    /** The words of a column's schema; every known word where it names none. */
    public static BooleanWords of(ColumnSchema column) {
        return column.trueValues().isEmpty() && column.falseValues().isEmpty()
                ? ANY
                : new BooleanWords(column.trueValues(), column.falseValues());
    }

    /** 1 or 0, or NaN where a trimmed cell holds neither word. */
    public double parse(char[] buffer, int offset, int length) {
        if (yes.contains(buffer, offset, length)) {
            return 1;
        }
        return no.contains(buffer, offset, length) ? 0 : Double.NaN;
    }
}
