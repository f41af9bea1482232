package io.mlops.pipeline.data.inference;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Phrases that findings share. */
final class Words {
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

    /** A number without a fraction where it has none. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    /** A count with its noun. */
    static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
