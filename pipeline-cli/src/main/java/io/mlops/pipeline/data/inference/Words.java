package io.mlops.pipeline.data.inference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Phrases that findings share. */
final class Words {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Words() {}

    /** The names in apostrophes, the first ones of many. */
    static String names(Collection<String> names) {
        List<String> first =
                names.stream().limit(8).map(name -> "'" + name + "'").toList();
        String list = String.join(", ", first);
        return names.size() > first.size() ? list + " and " + (names.size() - first.size()) + " more" : list;
    }

    /** The labels with their counts, the first ones of many. */
    static String counts(Map<String, Long> counts) {
        List<String> first = counts.entrySet().stream()
                .limit(8)
                .map(entry -> "'" + shortened(entry.getKey()) + "' (" + entry.getValue() + ")")
                .toList();
        String list = String.join(", ", first);
        return counts.size() > first.size() ? list + " and " + (counts.size() - first.size()) + " more" : list;
    }

    static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 37) + "..." : text;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.01 ? "%.2f %%" : "%.1f %%", 100 * share);
    }

    /** A number to six digits, without what says nothing. */
    static String number(double value) {
        if (Math.abs(value) >= 1e18 || (value != 0 && Math.abs(value) < 1e-9)) {
            return Double.toString(value);
        }
        return new BigDecimal(value)
                .round(value == Math.rint(value) ? MathContext.DECIMAL64 : SIX_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A number that reads back as it is. */
    static String exact(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** A count with its noun. */
    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
