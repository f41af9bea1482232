package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.ensemble.Blend;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TradeOffTest {
    private static final double[] TRUTH = {1, 2, 3, 4};
    private static final ToDoubleFunction<double[]> SQUARES = outputs -> {
        double sum = 0;
        for (int i = 0; i < TRUTH.length; i++) {
            sum += (outputs[i] - TRUTH[i]) * (outputs[i] - TRUTH[i]);
        }
        return sum;
    };

    /** The second is as dear as it is good; the first and the third err in opposite ways. */
    private static final List<Contender> CONTENDERS = List.of(
            contender("linear_regression", 2, 3, 4, 5),
            contender("extra_trees", 1, 2, 3, 4.2),
            contender("xgboost", 0, 1, 2, 3.5));

    private static final MemberCosts COSTS =
            new MemberCosts(new double[] {5, 400, 10}, new int[] {0, 1, 1}, new double[] {1, 2, 0});

    @Test
    void whatReadsTheSameViewSharesItsFeatures() {
        assertThat(COSTS.of(new double[] {0.2, 0, 0}, 1)).isEqualTo(6);
        assertThat(COSTS.of(new double[] {0, 0.2, 0.3}, 1)).isEqualTo(412);
        assertThat(COSTS.of(new double[] {0.2, 0.2, 0.3}, 1)).isEqualTo(418);
        assertThat(COSTS.of(new double[] {0.2, 0, 0.3}, 5)).isEqualTo(78);
    }

    @Test
    void nothingOnTheFrontIsBothSlowerAndWorseThanAnother() {
        List<TradeOff.Point> front = tradeOff(0.1, 0.8, 0.1).front();
        assertThat(front).hasSizeGreaterThan(2);
        assertThat(front.get(0).weights()).containsExactly(1, 0, 0);
        for (int i = 1; i < front.size(); i++) {
            assertThat(front.get(i).microseconds())
                    .isGreaterThan(front.get(i - 1).microseconds());
            assertThat(front.get(i).loss()).isLessThan(front.get(i - 1).loss());
        }
        for (TradeOff.Point point : front) {
            assertThat(Arrays.stream(point.weights()).sum()).isBetween(1 - 1e-12, 1 + 1e-12);
        }
    }

    @Test
    void underALimitModelsAreFoundThatTheEnsembleHadNotChosen() {
        TradeOff dear = tradeOff(0, 1, 0);
        assertThat(dear.front()).noneMatch(TradeOff.Point::isOfSeveral);
        dear.addWithin(20);
        TradeOff.Point best = dear.front().stream()
                .filter(point -> point.microseconds() <= 20)
                .reduce((before, last) -> last)
                .orElseThrow();
        assertThat(best.weights()[1]).isZero();
        assertThat(best.isOfSeveral()).isTrue();
        assertThat(best.microseconds()).isEqualTo(18);
    }

    @Test
    void aLimitThatNoModelKeepsAddsNothing() {
        TradeOff tradeOff = tradeOff(0.1, 0.8, 0.1);
        List<TradeOff.Point> before = tradeOff.front();
        tradeOff.addWithin(1);
        assertThat(tradeOff.front()).hasSameSizeAs(before);
    }

    private static TradeOff tradeOff(double... weights) {
        return new TradeOff(Ensemble.of(CONTENDERS, weights, Blend.mean()), COSTS, SQUARES);
    }

    private static Contender contender(String family, double... outputs) {
        return new Contender(candidate(Learners.named(family)), List.of(), outputs);
    }

    private static <P extends Record> Candidate<P> candidate(Learner<P> learner) {
        return new Candidate<>(
                learner.name(),
                learner,
                learner.defaults(Task.REGRESSION),
                FeatureSettings.defaults(),
                Integer.MAX_VALUE,
                1);
    }
}
