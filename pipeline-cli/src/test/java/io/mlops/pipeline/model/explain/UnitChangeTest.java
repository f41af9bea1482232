package io.mlops.pipeline.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class UnitChangeTest {
    private static Contributions logits(double base, double... values) {
        return new Contributions(List.of("a", "b", "c"), Link.LOGISTIC, new double[] {base}, values);
    }

    @Test
    void keepsContributionsWhereTheUnitIsASumAgain() {
        UnitChange change = new UnitChange(logits(0.5, 1, -2, 0.25), sums -> new double[] {3 * sums[0] + 1});
        assertThat(change.base()).containsExactly(2.5);
        assertThat(change.row(0, new double[] {0.25})).containsExactly(new double[] {3, -6, 0.75}, within(1e-12));
    }

    @Test
    void leadsFromTheBaseToTheRowAndNeverLeavesProbabilities() {
        // Large contributions that nearly cancel: stretching them to the small difference left would leave the scale.
        Contributions given = logits(-1, 6, -5.999, 0);
        UnitChange change = new UnitChange(given, sums -> new double[] {Calibration.sigmoid(sums[0])});
        double reached = Calibration.sigmoid(-0.999);
        double[] added = change.row(0, new double[] {reached});
        assertThat(change.base()[0] + added[0] + added[1] + added[2]).isCloseTo(reached, within(1e-12));
        assertThat(added[0]).isBetween(0.3, 1.0);
        assertThat(added[1]).isBetween(-1.0, -0.3);
        assertThat(added[2]).isZero();
    }

    @Test
    void averagesModelsInTheUnitOfTheirOutputs() {
        FeatureMatrix features = new FeatureMatrix(
                List.of(new Feature("a", "a", 0), new Feature("b", "b", 0), new Feature("c", "c", 0)), 1, new float[3]);
        Contributions first = logits(0, 1, 0.5, 0);
        Contributions second = new Contributions(
                List.of("c", "a"), Link.SHARES, new double[] {0.7, 0.3}, new double[] {-0.1, 0.1, 0.2, -0.2});
        Contributions mean = WeightedContributions.of(
                features,
                List.of(first, second),
                new double[] {0.25, 0.75},
                DoubleUnaryOperator.identity(),
                new double[2],
                Link.IDENTITY);
        assertThat(mean.columns()).containsExactly("a", "b", "c");
        double reached = 0.25 * Calibration.sigmoid(1.5) + 0.75 * 0.2;
        assertThat(mean.outputs()).containsExactly(new double[] {1 - reached, reached}, within(1e-12));
        assertThat(mean.base()[1]).isCloseTo(0.25 * 0.5 + 0.75 * 0.3, within(1e-12));
        assertThat(mean.value(0, 2, 1)).isCloseTo(0.75 * 0.1, within(1e-12));
    }
}
