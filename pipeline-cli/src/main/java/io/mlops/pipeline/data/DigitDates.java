package io.mlops.pipeline.data;

import org.jspecify.annotations.Nullable;

/** Dates by a pattern of year, month, day, hour, minute, second and fraction as digits, with marks between them. */
final class DigitDates implements DateFormat {
    private static final String FIELDS = "yMdHmsS";

    /** A field of {@link #FIELDS} by its index, or -1 for a mark. */
    private final int[] fields;

    private final int[] widths;
    private final char[] marks;

    private DigitDates(int[] fields, int[] widths, char[] marks) {
        this.fields = fields;
        this.widths = widths;
        this.marks = marks;
    }

    /** The format, or null where the pattern needs more than this. */
    static @Nullable DigitDates of(String pattern) {
        int[] fields = new int[pattern.length()];
        int[] widths = new int[pattern.length()];
        char[] marks = new char[pattern.length()];
        int parts = 0;
        for (int i = 0; i < pattern.length(); parts++) {
            char letter = pattern.charAt(i);
            char plain = letter == 'u' ? 'y' : letter;
            int field = FIELDS.indexOf(plain);
            if (field < 0 && (Character.isLetter(letter) || "'[]{}#".indexOf(letter) >= 0)) {
                return null;
            }
            int from = i++;
            while (field >= 0 && i < pattern.length() && pattern.charAt(i) == letter) {
                i++;
            }
            fields[parts] = field;
            widths[parts] = i - from;
            marks[parts] = letter;
            boolean known = field < 0
                    || (plain == 'y' && (widths[parts] == 4 || widths[parts] == 2))
                    || (plain == 'S' && widths[parts] <= 9)
                    || (plain != 'y' && plain != 'S' && widths[parts] <= 2);
            boolean apart = widths[parts] != 1 || field < 0 || i == pattern.length() || !isField(pattern.charAt(i));
            if (!known || !apart) {
                return null;
            }
        }
        boolean dated = contains(fields, parts, 0) && contains(fields, parts, 1) && contains(fields, parts, 2);
        return dated
                ? new DigitDates(
                        java.util.Arrays.copyOf(fields, parts),
                        java.util.Arrays.copyOf(widths, parts),
                        java.util.Arrays.copyOf(marks, parts))
                : null;
    }

    private static boolean isField(char letter) {
        return Character.isLetter(letter);
    }

    private static boolean contains(int[] fields, int parts, int wanted) {
        for (int i = 0; i < parts; i++) {
            if (fields[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long parse(char[] buffer, int offset, int length) {
        int[] values = new int[FIELDS.length()];
        int position = offset;
        int end = offset + length;
        for (int part = 0; part < fields.length; part++) {
            if (fields[part] < 0) {
                if (position == end || buffer[position++] != marks[part]) {
                    return DateTimes.MISSING;
                }
                continue;
            }
            int most = widths[part] == 1 ? 2 : widths[part];
            int value = 0;
            int count = 0;
            while (count < most && position < end && buffer[position] >= '0' && buffer[position] <= '9') {
                value = value * 10 + buffer[position++] - '0';
                count++;
            }
            if (count < widths[part]) {
                return DateTimes.MISSING;
            }
            values[fields[part]] = field(fields[part], value, widths[part]);
        }
        return position == end
                ? DateFormat.millis(values[0], values[1], values[2], values[3], values[4], values[5], values[6])
                : DateTimes.MISSING;
    }

    private static int field(int field, int value, int width) {
        if (field == 0 && width == 2) {
            return 2000 + value;
        }
        if (field == 6) {
            // Of a fraction, thousandths are kept.
            return (int) (value * 1000L / (long) Math.pow(10, width));
        }
        return value;
    }
}
