package io.mlops.pipeline.features.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NumberSketchTest {
    private static Distribution of(int limit, double... values) {
        NumberSketch sketch = new NumberSketch(limit);
        for (double value : values) {
            sketch.add(value, 1);
        }
        return sketch.finish();
    }

    @Test
    void isExactWhileTheDistinctNumbersFit() {
        Distribution numbers = of(10, 3, -0.0, 1, Double.NaN, 3, 0.0, -7.25, 1e-320);

        assertThat(numbers.values()).containsExactly(-7.25, 0, 1e-320, 1, 3);
        assertThat(numbers.counts()).containsExactly(1, 2, 1, 1, 2);
        assertThat(numbers.missing()).isEqualTo(1);
        assertThat(numbers.median()).isEqualTo(1e-320);
        assertThat(numbers.mostFrequent()).isEqualTo(0);
    }

    @Test
    void interpolatesQuantilesAsTheFieldDoes() {
        Distribution numbers = of(10, 1, 2, 3, 4);

        assertThat(numbers.quantile(0)).isEqualTo(1);
        assertThat(numbers.median()).isEqualTo(2.5);
        assertThat(numbers.quantile(0.25)).isEqualTo(1.75);
        assertThat(numbers.quantile(1)).isEqualTo(4);
        assertThat(numbers.mean()).isEqualTo(2.5);
        assertThat(numbers.deviation()).isEqualTo(Math.sqrt(1.25));
    }

    @Test
    void staysNearTheTruthForMillionsOfDistinctNumbers() {
        double[] values = new SplittableRandom(1)
                .doubles(200_000)
                .map(x -> 1.6e9 + 3e7 * x * x)
                .toArray();
        Distribution numbers = of(4096, values);
        Arrays.sort(values);
        double mean = Arrays.stream(values).average().orElseThrow();

        for (double share : new double[] {0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999}) {
            assertThat(numbers.quantile(share)).isCloseTo(values[(int) (share * 199_999)], within(3e4));
        }
        assertThat(numbers.mean()).isCloseTo(mean, within(1e3));
    }

    @Test
    void holdsTheLargestAndInfiniteNumbers() {
        Distribution numbers =
                of(2, Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -5, 1e308);

        assertThat(numbers.count()).isEqualTo(6);
        assertThat(numbers.values()).doesNotContain(Double.NaN);
        assertThat(numbers.mean()).isFinite();
        assertThat(of(4, Double.POSITIVE_INFINITY).values()).containsExactly(Double.MAX_VALUE);
    }
}
