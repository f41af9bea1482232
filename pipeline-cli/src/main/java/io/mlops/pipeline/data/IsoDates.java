package io.mlops.pipeline.data;

/**
 * Dates as ISO 8601 writes them: {@code 2024-02-29}, and with a time after {@code T} or a blank: {@code 10:15},
 * {@code 10:15:30}, {@code 10:15:30.123}, with or without {@code Z}, {@code +01}, {@code +0100}, {@code +01:00}.
 */
final class IsoDates implements DateFormat {
    private char[] buffer = new char[0];
    private int position;
    private int end;
    private boolean wrong;

    @Override
    public long parse(char[] text, int offset, int length) {
        buffer = text;
        position = offset;
        end = offset + length;
        wrong = false;
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        if (wrong || position == end) {
            return wrong ? DateTimes.MISSING : DateFormat.millis(year, month, day, 0, 0, 0, 0);
        }
        char mark = buffer[position++];
        if (mark != 'T' && mark != 't' && mark != ' ') {
            return DateTimes.MISSING;
        }
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        int second = 0;
        int milli = 0;
        if (at(':')) {
            second = digits(2);
            if (at('.') || at(',')) {
                milli = fraction();
            }
        }
        int zone = offsetMinutes();
        if (wrong || position != end) {
            return DateTimes.MISSING;
        }
        long millis = DateFormat.millis(year, month, day, hour, minute, second, milli);
        return millis == DateTimes.MISSING ? millis : millis - zone * 60_000L;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = position < end ? buffer[position] - '0' : -1;
            if (digit < 0 || digit > 9) {
                wrong = true;
                return 0;
            }
            value = value * 10 + digit;
            position++;
        }
        return value;
    }

    private void expect(char mark) {
        if (!at(mark)) {
            wrong = true;
        }
    }

    /** Whether a mark stands next; goes past it. */
    private boolean at(char mark) {
        if (position < end && buffer[position] == mark) {
            position++;
            return true;
        }
        return false;
    }

    /** Thousandths, further digits cut off. */
    private int fraction() {
        int value = 0;
        int count = 0;
        while (position < end && buffer[position] >= '0' && buffer[position] <= '9') {
            if (count < 3) {
                value = value * 10 + buffer[position] - '0';
            }
            count++;
            position++;
        }
        wrong |= count == 0;
        return count == 1 ? value * 100 : count == 2 ? value * 10 : value;
    }

    private int offsetMinutes() {
        if (at('Z') || at('z') || position == end) {
            return 0;
        }
        boolean west = at('-');
        if (!west) {
            expect('+');
        }
        int minutes = digits(2) * 60;
        if (at(':') || position < end) {
            minutes += digits(2);
        }
        return west ? -minutes : minutes;
    }
}
