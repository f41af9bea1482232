package io.mlops.pipeline.data.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvBufferTest {
    @Test
    void writesNumbersAsTheLibraryDoes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            long value = random.nextLong() >> random.nextInt(1, 64);
            assertThat(new CsvBuffer().integer(value)).hasToString(Long.toString(value));
            double number = random.nextInt(-100_000, 100_000) / 64.0 + .001;
            assertThat(new CsvBuffer().decimal(number, 2))
                    .hasToString(new BigDecimal(number)
                            .setScale(2, RoundingMode.HALF_UP)
                            .toPlainString());
        }
        assertThat(new CsvBuffer().decimal(-.5, 1)).hasToString("-0.5");
    }

    @Test
    void writesDatesAsTheLibraryDoes() {
        for (long day = -60_000; day < 60_000; day += 13) {
            assertThat(new CsvBuffer().date(day))
                    .hasToString(LocalDate.ofEpochDay(day).toString());
        }
    }
}
