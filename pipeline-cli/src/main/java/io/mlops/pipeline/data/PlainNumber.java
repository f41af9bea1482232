package io.mlops.pipeline.data;

/** Rewrites a number with groups, a currency or per cent sign, or an exponent in the plain form that a parser knows. */
final class PlainNumber {
    private final char[] buffer;
    private final int end;
    private final char decimal;
    private final char[] plain;
    private int position;
    private int size;

    private PlainNumber(char[] buffer, int start, int end, char decimal, char[] plain) {
        this.buffer = buffer;
        this.position = start;
        this.end = end;
        this.decimal = decimal;
        this.plain = plain;
    }

    /** Writes the plain form to {@code plain} and returns its length, or -1 where the range is no number. */
    static int write(char[] buffer, int start, int end, char decimal, char[] plain) {
        return new PlainNumber(buffer, start, end, decimal, plain).write();
    }

    /** Whether a number can start with a character: almost no word passes, so that words cost nothing. */
    static boolean canStart(char c, char decimal) {
        return (c >= '0' && c <= '9') || c == decimal || isSign(c) || isCurrency(c);
    }

    private int write() {
        boolean currency = skipCurrency();
        if (position < end && isSign(buffer[position])) {
            plain[size++] = buffer[position] == '+' ? '+' : '-';
            position++;
        }
        if (!currency) {
            currency = skipCurrency();
        }
        int whole = wholePart();
        int fraction = fraction();
        if (whole < 0 || fraction < 0 || whole + fraction == 0 || !exponent()) {
            return -1;
        }
        int mark = Cells.trimStart(buffer, position, end);
        if (mark < end && (buffer[mark] == '%' || (!currency && isCurrency(buffer[mark])))) {
            mark++;
            position = mark;
        }
        return position == end ? size : -1;
    }

    private boolean skipCurrency() {
        if (position < end && isCurrency(buffer[position])) {
            position = Cells.trimStart(buffer, position + 1, end);
            return true;
        }
        return false;
    }

    /** Copies the digits before the decimal mark, dropping separators between groups of three; -1 where they are odd. */
    private int wholePart() {
        int from = position;
        int digits = digits();
        if (position < end && digits >= 1 && digits <= 3 && buffer[from] != '0' && isSeparator(buffer[position])) {
            char separator = buffer[position];
            while (position < end && buffer[position] == separator) {
                position++;
                int group = digits();
                if (group != 3) {
                    return -1;
                }
                digits += group;
            }
        }
        return digits;
    }

    private int fraction() {
        if (position >= end || buffer[position] != decimal) {
            return 0;
        }
        plain[size++] = '.';
        position++;
        return digits();
    }

    private boolean exponent() {
        if (position >= end || (buffer[position] | 0x20) != 'e') {
            return true;
        }
        plain[size++] = 'e';
        position++;
        if (position < end && isSign(buffer[position])) {
            plain[size++] = buffer[position] == '+' ? '+' : '-';
            position++;
        }
        return digits() > 0;
    }

    private int digits() {
        int from = position;
        while (position < end && buffer[position] >= '0' && buffer[position] <= '9') {
            plain[size++] = buffer[position++];
        }
        return position - from;
    }

    private boolean isSeparator(char c) {
        return c != decimal && (c == ',' || c == '.' || c == '\'' || c == '\u00A0' || c == '\u202F');
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+' || c == '\u2212';
    }

    private static boolean isCurrency(char c) {
        return c == '$' || (c > 127 && Character.getType(c) == Character.CURRENCY_SYMBOL);
    }
}
