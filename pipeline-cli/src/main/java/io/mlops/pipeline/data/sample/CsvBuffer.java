package io.mlops.pipeline.data.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** CSV text under construction, as bytes: numbers and dates are written digit by digit, without a string each. */
public final class CsvBuffer {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private byte[] bytes = new byte[1 << 16];
    private int length;

    /** Appends ASCII text as it is; the caller keeps delimiters and quotes out of it. */
    public CsvBuffer text(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    public CsvBuffer character(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
        return this;
    }

    public CsvBuffer next() {
        return character(',');
    }

    public CsvBuffer integer(long value) {
        return padded(value, 1);
    }

    /** Appends an integer with leading zeros up to a width. */
    public CsvBuffer padded(long value, int width) {
        reserve(21);
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        int digits = Math.max(width, digits(rest));
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Appends a number rounded to at most six decimal places. */
    public CsvBuffer decimal(double value, int places) {
        long power = POWERS[places];
        long scaled = Math.round(value * power);
        if (scaled < 0) {
            character('-');
            scaled = -scaled;
        }
        integer(scaled / power);
        return places == 0 ? this : character('.').padded(scaled % power, places);
    }

    /** Appends a day, counted from 1970-01-01, as yyyy-mm-dd. */
    public CsvBuffer date(long epochDay) {
        // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return padded(year, 4).character('-').padded(month, 2).character('-').padded(day, 2);
    }

    public int length() {
        return length;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
