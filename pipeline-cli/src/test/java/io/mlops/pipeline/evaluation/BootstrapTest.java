package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.evaluation.Bootstrap.Interval;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void givesTheSameOnAnyNumberOfThreads() {
        List<Scorer> scorers = List.of(
                Scorer.of(RandomPredictions.binary(301, 50, 1)), Scorer.of(RandomPredictions.binary(301, 50, 2)));
        double[][][] alone = new Bootstrap(200, 7, 1).run(301, scorers);
        assertThat(new Bootstrap(200, 7, 3).run(301, scorers)).isDeepEqualTo(alone);
        assertThat(new Bootstrap(200, 8, 1).run(301, scorers)[0][0]).isNotEqualTo(alone[0][0]);
    }

    @Test
    void isAsWideAsTheoryHasIt() {
        Predictions predictions = RandomPredictions.binary(4000, 1000, 1);
        double accuracy = Metrics.compute(predictions).values().get("accuracy");
        double width = 2 * 1.96 * Math.sqrt(accuracy * (1 - accuracy) / 4000);
        int index = Metric.of(predictions.target().task()).indexOf(Metric.ACCURACY);
        Interval interval = interval(new Bootstrap(2000, 1, 2).run(4000, List.of(Scorer.of(predictions)))[0][index]);
        assertThat(interval.upper() - interval.lower()).isCloseTo(width, within(0.08 * width));
        assertThat((interval.upper() + interval.lower()) / 2).isCloseTo(accuracy, within(0.08 * width));
    }

    @Test
    void coversTheTruthAsOftenAsItClaims() {
        int covered = 0;
        for (int seed = 0; seed < 200; seed++) {
            Predictions predictions = RandomPredictions.numbers(150, 1, seed);
            double[][] scores = new Bootstrap(400, seed, 2).run(150, List.of(Scorer.of(predictions)))[0];
            Interval interval = interval(scores[0]);
            covered += interval.lower() <= 1 && 1 <= interval.upper() ? 1 : 0;
        }
        assertThat(covered).isBetween(178, 198);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        List<Scorer> scorers = List.of(Scorer.of(RandomPredictions.binary(100, 50, 1)));
        for (int threads = 1; threads <= 2; threads++) {
            Bootstrap bootstrap = new Bootstrap(1000, 1, threads);
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> bootstrap.run(100, scorers)).isInstanceOf(CancellationException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void drawsFewerResamplesFromManyRows() {
        assertThat(Bootstrap.plan(1000, 5_000, 2)).isEqualTo(1000);
        assertThat(Bootstrap.plan(1000, 200_000, 2)).isEqualTo(250);
        assertThat(Bootstrap.plan(1000, 50_000_000, 2)).isEqualTo(200);
        assertThat(Bootstrap.plan(0, 100, 1)).isZero();
    }

    @Test
    void givesNoIntervalWhereMostResamplesAreUndefined() {
        double[] values = new double[1000];
        java.util.Arrays.fill(values, 0, 150, Double.NaN);
        assertThat(Bootstrap.interval(values)).isNull();
        assertThat(Bootstrap.interval(new double[0])).isNull();
    }

    private static Interval interval(double[] values) {
        return Objects.requireNonNull(Bootstrap.interval(values));
    }
}
