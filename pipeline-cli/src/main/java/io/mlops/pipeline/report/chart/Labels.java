package io.mlops.pipeline.report.chart;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names from the data as labels that XML can hold and a chart has room for. */
public final class Labels {
    private Labels() {}

    /** The name without characters that XML cannot hold, and with … in its middle where it is too long. */
    public static String fit(String name, int longest) {
        String clean = clean(name);
        int length = clean.codePointCount(0, clean.length());
        if (length <= longest) {
            return clean;
        }
        int head = (longest - 1) * 2 / 3;
        int tail = longest - 1 - head;
        return clean.substring(0, clean.offsetByCodePoints(0, head))
                + "…"
                + clean.substring(clean.offsetByCodePoints(clean.length(), -tail));
    }

    /** Fits each name, and numbers those that would then look the same. */
    static List<String> fitAll(List<String> names, int longest) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> labels = new ArrayList<>();
        for (String name : names) {
            String label = fit(name, longest);
            int times = seen.merge(label, 1, Integer::sum);
            labels.add(times == 1 ? label : label + " (" + times + ")");
        }
        return labels;
    }

    /** The text with characters that neither XML nor HTML can hold replaced. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean whitespace = c == '\t' || c == '\n' || c == '\r';
            boolean control = (c < 0x20 && !whitespace) || (c >= 0x7f && c < 0xa0);
            boolean noCharacter = (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff;
            printable.appendCodePoint(control || noCharacter ? 0xfffd : c);
        });
        return printable.toString();
    }

    private static String clean(String name) {
        return printable(name).replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }
}
