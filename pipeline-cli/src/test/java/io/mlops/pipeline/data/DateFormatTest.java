package io.mlops.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFormatTest {
    private static long parse(@Nullable String format, String text) {
        char[] buffer = ("x" + text + "x").toCharArray();
        return DateFormat.of(format).parse(buffer, 1, text.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso|2024-02-29|2024-02-29T00:00",
                "iso|2024-02-29 10:15|2024-02-29T10:15",
                "iso|2024-02-29T10:15:30.5|2024-02-29T10:15:30.500",
                "iso|2024-02-29T10:15:30.123456Z|2024-02-29T10:15:30.123",
                "iso|2024-02-29T10:15+01:30|2024-02-29T08:45",
                "iso|2024-02-29T10:15-0100|2024-02-29T11:15",
                "epoch_seconds|86400|1970-01-02T00:00",
                "epoch_millis|-1|1969-12-31T23:59:59.999",
                "dd.MM.yyyy|29.02.2024|2024-02-29T00:00",
                "d/M/yyyy H:mm|1/2/2024 7:05|2024-02-01T07:05",
                "yyyyMMdd|20240229|2024-02-29T00:00",
                "MM/dd/yy|02/29/24|2024-02-29T00:00",
                "yyyy-MM-dd HH:mm:ss.SSS|2024-02-29 10:15:30.007|2024-02-29T10:15:30.007",
                "dd MMM yyyy|29 feb 2024|2024-02-29T00:00",
                "MM/yyyy|02/2024|2024-02-01T00:00",
                "yyyy|2024|2024-01-01T00:00",
                "MM/dd/yyyy hh:mm a|02/29/2024 01:15 PM|2024-02-29T13:15",
            })
    void readsPointsInTime(String format, String text, String expected) {
        assertThat(DateTimes.pack(parse(format, text)))
                .isEqualTo(DateTimes.pack(
                        LocalDateTime.parse(expected).toInstant(ZoneOffset.UTC).toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso|2023-02-29",
                "iso|2024-13-01",
                "iso|2024-1-1",
                "iso|2024-01-01T25:00",
                "iso|2024-01-01x",
                "iso|20240101",
                "iso|abc",
                "epoch_seconds|abc",
                "epoch_seconds|1e300",
                "dd.MM.yyyy|31.04.2024",
                "dd.MM.yyyy|1.4.2024",
                "dd.MM.yyyy|01.04.2024 10:00",
                "dd MMM yyyy|29 xxx 2024",
            })
    void findsNoPointInTimeInOtherTexts(String format, String text) {
        assertThat(parse(format, text)).isEqualTo(DateTimes.MISSING);
    }

    @Test
    void refusesAPatternThatIsNone() {
        assertThatThrownBy(() -> DateFormat.of("day and month"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("dd.MM.yyyy");
    }

    @Test
    void packsWhatItUnpacks() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long millis = (long) (random.nextGaussian() * 6e13);
            assertThat(DateTimes.unpack(DateTimes.pack(millis))).isEqualTo(millis);
            assertThat(tech.tablesaw.columns.datetimes.PackedLocalDateTime.asLocalDateTime(DateTimes.pack(millis)))
                    .isEqualTo(LocalDateTime.ofInstant(java.time.Instant.ofEpochMilli(millis), ZoneOffset.UTC));
        }
    }
}
