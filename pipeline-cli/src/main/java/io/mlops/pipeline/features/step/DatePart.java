package io.mlops.pipeline.features.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import tech.tablesaw.columns.datetimes.PackedLocalDateTime;

/** A number that a date and time has. */
public enum DatePart {
    /** Days since 1970-01-01, with the time as a fraction. */
    @JsonProperty("epoch_day")
    EPOCH_DAY("epoch_day", 0, 0) {
        @Override
        double of(long packed) {
            LocalDate date = LocalDate.of(
                    PackedLocalDateTime.getYear(packed),
                    PackedLocalDateTime.getMonthValue(packed),
                    PackedLocalDateTime.getDayOfMonth(packed));
            return date.toEpochDay() + PackedLocalDateTime.getMillisecondOfDay(packed) / 86_400_000.0;
        }
    },
    @JsonProperty("year")
    YEAR("year", 0, 0) {
        @Override
        double of(long packed) {
            return PackedLocalDateTime.getYear(packed);
        }
    },
    /** 1 to 12. */
    @JsonProperty("month")
    MONTH("month", 1, 12) {
        @Override
        double of(long packed) {
            return PackedLocalDateTime.getMonthValue(packed);
        }
    },
    /** 1 to 31. */
    @JsonProperty("day")
    DAY("day", 1, 31) {
        @Override
        double of(long packed) {
            return PackedLocalDateTime.getDayOfMonth(packed);
        }
    },
    /** 1, Monday, to 7. */
    @JsonProperty("weekday")
    WEEKDAY("weekday", 1, 7) {
        @Override
        double of(long packed) {
            return Math.floorMod((long) Math.floor(EPOCH_DAY.of(packed)) + 3, 7L) + 1;
        }
    },
    /** 0 to 23. */
    @JsonProperty("hour")
    HOUR("hour", 0, 24) {
        @Override
        double of(long packed) {
            return PackedLocalDateTime.getHour(packed);
        }
    },
    /** Minutes since midnight. */
    @JsonProperty("minute_of_day")
    MINUTE_OF_DAY("minute_of_day", 0, 1440) {
        @Override
        double of(long packed) {
            return PackedLocalDateTime.getMinuteOfDay(packed);
        }
    };

    private final String key;
    private final int first;
    private final int period;

    DatePart(String key, int first, int period) {
        this.key = key;
        this.first = first;
        this.period = period;
    }

    /** The part of a date as Tablesaw packs it. */
    abstract double of(long packed);

    /** The name in JSON and in the names of features. */
    public String key() {
        return key;
    }

    /** The smallest value of a part that comes round. */
    int first() {
        return first;
    }

    /** After how many steps the part comes round; 0 where it does not. */
    int period() {
        return period;
    }
}
