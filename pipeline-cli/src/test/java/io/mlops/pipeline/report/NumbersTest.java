package io.mlops.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.evaluation.Metric;
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
        assertThat(Numbers.rough(645.1)).isEqualTo("645");
        assertThat(Numbers.rough(123_456)).isEqualTo("123,456");
    }

    @Test
    void givesAValueNoMoreDigitsThanItsDeviationAllows() {
        assertThat(Numbers.spread(0.82042, 0.0114)).isEqualTo("0.820 ± 0.011");
        assertThat(Numbers.spread(0.0082, 0.012)).isEqualTo("0.008 ± 0.012");
        assertThat(Numbers.spread(9530.2, 645.1)).isEqualTo("9,530 ± 645");
        assertThat(Numbers.spread(28.77, 17.51)).isEqualTo("29 ± 18");
        assertThat(Numbers.spread(3, 0)).isEqualTo("3 ± 0");
    }

    @Test
    void givesTheEndsOfAnIntervalTheSameDecimals() {
        assertThat(MetricWords.interval(Metric.BRIER, 0.0913, 0.1184)).isEqualTo("0.091 – 0.118");
        assertThat(MetricWords.interval(Metric.RMSE, 98.76, 105.31)).isEqualTo("98.8 – 105.3");
        assertThat(MetricWords.interval(Metric.AUC, null, null)).isEmpty();
    }

    @Test
    void saysDifferencesInTheUnitOfTheMetric() {
        assertThat(MetricWords.difference(Metric.AUC, 0.838744, 0.838828)).isEqualTo("-0.0001");
        assertThat(MetricWords.difference(Metric.RMSE, 5971.4, 4546.3)).isEqualTo("+1,425");
        assertThat(MetricWords.difference(Metric.MAPE, 0.40, 0.351)).isEqualTo("+4.9 points");
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
