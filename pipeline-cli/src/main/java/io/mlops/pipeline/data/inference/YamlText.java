package io.mlops.pipeline.data.inference;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes any text so that yaml reads the same text back, as a scalar, a key or a comment. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Set<String> WORDS_WITH_A_MEANING =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

    /** Yaml allows 1024 characters before the colon of a plain key. */
    private static final int LONGEST_PLAIN_KEY = 500;

    private YamlText() {}

    /** A text as a scalar, in quotes where it needs them. */
    static String scalar(String text) {
        boolean plain = text.length() < 200
                && PLAIN.matcher(text).matches()
                && !WORDS_WITH_A_MEANING.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    /** Texts as a list on one line. */
    static String list(Collection<String> texts) {
        List<String> scalars = texts.stream().map(YamlText::scalar).toList();
        return "[" + String.join(", ", scalars) + "]";
    }

    /** A text as a key of a mapping, with its colon. */
    static String key(String text, String indent) {
        String scalar = scalar(text);
        return scalar.length() <= LONGEST_PLAIN_KEY
                ? indent + scalar + ":"
                : indent + "? " + scalar + "\n" + indent + ":";
    }

    /** A text as a comment of one line. */
    static String comment(String text, String indent) {
        return indent + "# " + escaped(text, false);
    }

    private static String quoted(String text) {
        return "\"" + escaped(text, true) + "\"";
    }

    private static String escaped(String text, boolean quotes) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(code -> {
            if (quotes && (code == '"' || code == '\\')) {
                escaped.append('\\').append((char) code);
            } else if (isPrintable(code)) {
                escaped.appendCodePoint(code);
            } else {
                escaped.append(String.format(Locale.ROOT, code > 0xffff ? "\\U%08X" : "\\u%04X", code));
            }
        });
        return escaped.toString();
    }

    /**
     * Whether a character is written as it is. Those that end a line or order text from right to left are not; nor are
     * those beyond 16 bits, at some positions of which snakeyaml-engine 2.10 fails.
     */
    private static boolean isPrintable(int code) {
        if (code < 0x20 || (code >= 0x7f && code <= 0xa0) || (code >= 0xd800 && code <= 0xdfff)) {
            return false;
        }
        boolean steering = Character.getType(code) == Character.FORMAT || code == 0x2028 || code == 0x2029;
        return !steering && code < 0xfffe;
    }
}
