package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.model.Generated;
import org.junit.jupiter.api.Test;

class RaceTest {
    private final Race race =
            new Race(new SelectionLoss(Metric.RMSE, Generated.target(Task.REGRESSION), new double[] {1, 2, 3}));

    @Test
    void aWorseModelWithOtherErrorsIsWorthwhile() {
        assertThat(race.isWorthwhile(new double[] {1.1, 2.1, 3.1}, new double[] {0.5, 1.5, 2.5}))
                .isTrue();
    }

    @Test
    void aWorseModelWithTheSameErrorsIsNot() {
        assertThat(race.isWorthwhile(new double[] {1.1, 2.1, 3.1}, new double[] {1.2, 2.2, 3.2}))
                .isFalse();
    }

    @Test
    void aBetterModelAlwaysIs() {
        assertThat(race.isWorthwhile(new double[] {1.2, 2.2, 3.2}, new double[] {1.1, 2.1, 3.1}))
                .isTrue();
    }

    @Test
    void rowsOfOneClassSpeakAgainstNobody() {
        Race blind = new Race(new SelectionLoss(Metric.AUC, Generated.target(Task.BINARY), new double[] {0, 0}));
        assertThat(blind.isWorthwhile(new double[] {0.6, 0.4, 0.6, 0.4}, new double[] {0.9, 0.1, 0.2, 0.8}))
                .isTrue();
    }
}
