package io.mlops.pipeline.stage;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of parameters and metrics that MLflow takes: letters, digits, {@code _ - . : /} and blanks, as a clean path. */
final class RecordNames {
    private static final int LONGEST = 200;

    private RecordNames() {}

    /** A name as it is where that is allowed; else like it, and another one for each other name. */
    static String name(String name) {
        String clean = Arrays.stream(name.split("/", -1)).map(RecordNames::part).collect(Collectors.joining("/"));
        return clean.length() <= LONGEST ? clean : marked(clean.substring(0, LONGEST), name);
    }

    /** A name from the data, such as a class, as one part of a name. */
    static String part(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(isAllowed(c) ? c : '_'));
        boolean plain = clean.toString().equals(text)
                && text.equals(text.strip())
                && text.length() <= LONGEST
                && !text.isEmpty()
                && !text.matches("\\.+");
        return plain ? text : marked(clean.substring(0, Math.min(LONGEST, clean.length())), text);
    }

    private static boolean isAllowed(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == ' ';
    }

    /** With the beginning of the digest of what it stands for. */
    private static String marked(String clean, String whole) {
        return clean.strip() + "-" + Digests.of(whole).substring(0, 8);
    }
}
