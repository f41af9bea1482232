package io.mlops.pipeline.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/**
 * The meaning of a text cell, one and the same for whoever reads cells: blanks around it, numbers, labels.
 *
 * <p>Everything works on ranges of a buffer, because a table has far more cells than a program should make strings.
 */
public final class Cells {
    /** The largest whole number up to which every whole number is a double, 2^53. */
    private static final long EXACT = 1L << 53;

    /** The powers of ten that a double holds exactly: dividing one exact number by another rounds only once. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** No number that means something is written with more characters. */
    private static final int LONGEST_NUMBER = 400;

    private Cells() {}

    /** Whether a character is a blank of any kind: control characters, no-break and typographic spaces, a byte order mark. */
    public static boolean isBlank(char c) {
        return c <= ' '
                || c == '\u00A0'
                || (c >= '\u1680' && (Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF'));
    }

    /** The position of the first character that is no blank, or {@code end}. */
    public static int trimStart(char[] buffer, int start, int end) {
        int position = start;
        while (position < end && isBlank(buffer[position])) {
            position++;
        }
        return position;
    }

    /** The position after the last character that is no blank, or {@code start}. */
    public static int trimEnd(char[] buffer, int start, int end) {
        int position = end;
        while (position > start && isBlank(buffer[position - 1])) {
            position--;
        }
        return position;
    }

    /** The text without the blanks around it. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether a trimmed cell is empty or one of the tokens that stand for a missing value. */
    public static boolean isMissing(char[] buffer, int offset, int length, Tokens missing) {
        return length == 0 || missing.contains(buffer, offset, length);
    }

    /**
     * The number that a trimmed cell holds, or NaN where it holds none or one beyond the range of a double.
     *
     * <p>Beside plain numbers it reads groups of three digits (1,234.5), an exponent, one currency sign before or after,
     * and a per cent sign after, which changes nothing about the number. A negative zero is zero.
     *
     * @param decimal the decimal mark; of {@code .} and {@code ,} the other one may separate groups
     */
    public static double parseNumber(char[] buffer, int offset, int length, char decimal) {
        int end = offset + length;
        int position = offset;
        boolean negative = false;
        if (length > 1 && (buffer[position] == '-' || buffer[position] == '+')) {
            negative = buffer[position] == '-';
            position++;
        }
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; position < end; position++) {
            char c = buffer[position];
            int digit = c - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (c == decimal && point < 0) {
                point = position;
            } else {
                return parseUnusual(buffer, offset, length, decimal);
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        int scale = point < 0 ? 0 : end - point - 1;
        if (count > 18 || digits > EXACT || scale >= POWERS.length) {
            return decimal == '.' && length <= LONGEST_NUMBER
                    ? finite(JavaDoubleParser.parseDouble(buffer, offset, length))
                    : parseUnusual(buffer, offset, length, decimal);
        }
        double value = scale == 0 ? digits : digits / POWERS[scale];
        return negative ? 0.0 - value : value;
    }

    /** The number that a text holds, as {@link #parseNumber(char[], int, int, char)} reads it. */
    public static double parseNumber(String text, char decimal) {
        char[] characters = trim(text).toCharArray();
        return parseNumber(characters, 0, characters.length, decimal);
    }

    private static double parseUnusual(char[] buffer, int offset, int length, char decimal) {
        if (length > LONGEST_NUMBER || !PlainNumber.canStart(buffer[offset], decimal)) {
            return Double.NaN;
        }
        char[] plain = new char[length];
        int size = PlainNumber.write(buffer, offset, offset + length, decimal, plain);
        if (size <= 0) {
            return Double.NaN;
        }
        return finite(JavaDoubleParser.parseDouble(plain, 0, size));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value + 0.0 : Double.NaN;
    }

    /**
     * The one spelling of a label or category: without blanks around it, and a whole number without its zero fraction, so
     * that {@code " 0.0 "}, {@code "-0"} and {@code "0"} are the same label. Case, apostrophes and leading zeros stay.
     */
    public static String canonicalLabel(String text) {
        String label = trim(text);
        int end = label.length();
        int first = end > 0 && label.charAt(0) == '-' ? 1 : 0;
        int point = label.indexOf('.');
        int digits = point < 0 ? end : point;
        if (first == digits || digits - first > 18 || (point >= 0 && point == end - 1)) {
            return label;
        }
        for (int position = first; position < end; position++) {
            char c = label.charAt(position);
            boolean digit = c >= '0' && c <= '9';
            boolean expected = position < digits ? digit : position == digits || c == '0';
            if (!expected) {
                return label;
            }
        }
        boolean negativeZero = first == 1 && digits == 2 && label.charAt(1) == '0';
        return label.substring(negativeZero ? 1 : 0, digits);
    }

    /** The canonical label of a cell. */
    public static String canonicalLabel(char[] buffer, int offset, int length) {
        return canonicalLabel(new String(buffer, offset, length));
    }
}
