package io.mlops.pipeline.data;

import io.mlops.pipeline.PipelineException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the points in time of a column are written; reads them from ranges of a buffer. For use by one thread.
 *
 * <p>{@code iso}, and patterns made of digits and marks alone, are read without making a string.
 */
public interface DateFormat {
    /** The milliseconds since 1970 that a trimmed cell names, in UTC where it has an offset; or {@link DateTimes#MISSING}. */
    long parse(char[] buffer, int offset, int length);

    /**
     * The format that a schema names.
     *
     * @param format {@code iso} (also for null), {@code epoch_seconds}, {@code epoch_millis}, or a pattern
     * @throws PipelineException where it is no pattern
     */
    static DateFormat of(@Nullable String format) {
        if (format == null || format.equalsIgnoreCase("iso")) {
            return new IsoDates();
        }
        if (format.equalsIgnoreCase("epoch_seconds")) {
            return (buffer, offset, length) -> epoch(Cells.parseNumber(buffer, offset, length, '.') * 1000);
        }
        if (format.equalsIgnoreCase("epoch_millis")) {
            return (buffer, offset, length) -> epoch(Cells.parseNumber(buffer, offset, length, '.'));
        }
        DateFormat digits = DigitDates.of(format);
        return digits != null ? digits : new PatternDates(format);
    }

    private static long epoch(double millis) {
        // A comparison with NaN is false.
        return Math.abs(millis) < 1e18 && DateTimes.isHeld((long) millis) ? (long) millis : DateTimes.MISSING;
    }

    /** The milliseconds of a day and a time of it, or {@link DateTimes#MISSING} where the calendar has no such point. */
    static long millis(int year, int month, int day, int hour, int minute, int second, int milli) {
        boolean exists = year >= -9999
                && year <= 9999
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
                && hour < 24
                && minute < 60
                && second < 60;
        return exists
                ? LocalDate.of(year, month, day).toEpochDay() * 86_400_000L
                        + ((hour * 60L + minute) * 60L + second) * 1000L
                        + milli
                : DateTimes.MISSING;
    }

    /** Any pattern, through the formatter of the JDK; what it made of the last cells is kept, because dates repeat. */
    final class PatternDates implements DateFormat {
        private static final int REMEMBERED = 10_000;
        private final DateTimeFormatter formatter;
        private final Map<String, Long> known = new HashMap<>();

        PatternDates(String pattern) {
            try {
                DateTimeFormatterBuilder builder =
                        new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
                String letters = pattern.replaceAll("'[^']*'", "");
                if (letters.matches("[^dDwWeEcFQq]*")) {
                    builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
                    if (!letters.contains("M") && !letters.contains("L")) {
                        builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
                    }
                }
                formatter = builder.toFormatter(Locale.ENGLISH);
            } catch (IllegalArgumentException e) {
                throw new PipelineException(
                        PipelineException.Kind.USAGE,
                        "'" + pattern + "' is no format of dates (" + e.getMessage()
                                + "); use iso, epoch_seconds, epoch_millis or a pattern such as dd.MM.yyyy",
                        e);
            }
        }

        @Override
        public long parse(char[] buffer, int offset, int length) {
            String text = new String(buffer, offset, length);
            Long remembered = known.get(text);
            if (remembered != null) {
                return remembered;
            }
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            long millis = parse(text);
            known.put(text, millis);
            return millis;
        }

        private long parse(String text) {
            try {
                TemporalAccessor parsed = formatter.parse(text);
                LocalDate date = parsed.query(TemporalQueries.localDate());
                LocalTime time = parsed.query(TemporalQueries.localTime());
                if (date == null || Math.abs(date.getYear()) > 9999) {
                    return DateTimes.MISSING;
                }
                long millis = date.toEpochDay() * 86_400_000L;
                if (time != null) {
                    millis += time.toNanoOfDay() / 1_000_000;
                }
                if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
                    millis -= parsed.get(ChronoField.OFFSET_SECONDS) * 1000L;
                }
                return millis;
            } catch (DateTimeException e) {
                return DateTimes.MISSING;
            }
        }
    }
}
