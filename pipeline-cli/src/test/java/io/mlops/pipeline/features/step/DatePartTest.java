package io.mlops.pipeline.features.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tech.tablesaw.columns.datetimes.PackedLocalDateTime;

class DatePartTest {
    @Test
    void agreesWithTheCalendar() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            LocalDateTime date = LocalDateTime.of(1900, 1, 1, 0, 0).plusSeconds(random.nextLong(8_000_000_000L));
            long packed = PackedLocalDateTime.pack(date);

            assertThat(DatePart.EPOCH_DAY.of(packed))
                    .isEqualTo(
                            date.toLocalDate().toEpochDay() + date.toLocalTime().toSecondOfDay() / 86_400.0);
            assertThat(DatePart.WEEKDAY.of(packed))
                    .isEqualTo(date.getDayOfWeek().getValue());
            assertThat(DatePart.MINUTE_OF_DAY.of(packed)).isEqualTo(date.getHour() * 60 + date.getMinute());
            assertThat(DatePart.DAY.of(packed)).isEqualTo(date.getDayOfMonth());
        }
    }
}
