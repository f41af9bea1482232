package io.mlops.pipeline.data;

import java.time.LocalDate;

/** Points in time as milliseconds since 1970, and as the packed numbers that a {@code DateTimeColumn} holds. */
public final class DateTimes {
    /** A missing point in time, in both forms. */
    public static final long MISSING = Long.MIN_VALUE;

    /** The first and the last millisecond that the packed form can hold: its year has 16 bits, of which 4 digits are used. */
    private static final long FIRST = LocalDate.of(-9999, 1, 1).toEpochDay() * 86_400_000L;

    private static final long LAST = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400_000L - 1;

    private DateTimes() {}

    /** Whether the packed form can hold a point in time: that of the years -9999 to 9999. */
    public static boolean isHeld(long epochMillis) {
        return epochMillis >= FIRST && epochMillis <= LAST;
    }

    /** The packed form. */
    public static long pack(long epochMillis) {
        if (epochMillis == MISSING) {
            return MISSING;
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, 86_400_000L));
        long time = Math.floorMod(epochMillis, 86_400_000L);
        long day = ((long) date.getYear() << 16) | (date.getMonthValue() << 8) | date.getDayOfMonth();
        long clock = ((time / 3_600_000) << 24) | ((time / 60_000 % 60) << 16) | (time % 60_000);
        return (day << 32) | clock;
    }

    /** The milliseconds since 1970. */
    public static long unpack(long packed) {
        if (packed == MISSING) {
            return MISSING;
        }
        int day = (int) (packed >> 32);
        int clock = (int) packed;
        long days = LocalDate.of(day >> 16, (day >> 8) & 0xFF, day & 0xFF).toEpochDay();
        return days * 86_400_000L + (clock >> 24) * 3_600_000L + ((clock >> 16) & 0xFF) * 60_000L + (clock & 0xFFFF);
    }
}
