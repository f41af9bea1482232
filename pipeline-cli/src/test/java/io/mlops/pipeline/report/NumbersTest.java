package io.mlops.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void writesValuesWithTheDigitsThatMatter() {
        assertThat(Numbers.value(0.841234)).isEqualTo("0.8412");
        assertThat(Numbers.value(12_345.6)).isEqualTo("12,346");
        assertThat(Numbers.value(2.5e-7)).isEqualTo("2.50e-07");
        assertThat(Numbers.value(100)).isEqualTo("100");
        assertThat(Numbers.value(-0.0)).isEqualTo("0");
        assertThat(Numbers.value(Double.NaN)).isEqualTo("–");
    }

    @Test
    void roundsComparedNumbersToTwoDigits() {
        assertThat(Numbers.rough(0.049512)).isEqualTo("0.050");
        assertThat(Numbers.rough(0)).isEqualTo("0");
        assertThat(Numbers.rough(-12.34)).isEqualTo("-12");
        assertThat(Numbers.rough(123_456)).isEqualTo("123,456");
    }

    @Test
    void neverSaysNothingOrAllWhereItIsNot() {
        assertThat(Numbers.percent(0)).isEqualTo("0 %");
        assertThat(Numbers.percent(0.00004)).isEqualTo("< 0.1 %");
        assertThat(Numbers.percent(0.99999)).isEqualTo("> 99.9 %");
        assertThat(Numbers.percent(1)).isEqualTo("100 %");
        assertThat(Numbers.percent(0.123)).isEqualTo("12.3 %");
    }

    @Test
    void writesTimesAsPeopleSayThem() {
        assertThat(Numbers.seconds(0.042)).isEqualTo("42 ms");
        assertThat(Numbers.seconds(7.94)).isEqualTo("7.9 s");
        assertThat(Numbers.seconds(185)).isEqualTo("3 min 5 s");
    }
}
