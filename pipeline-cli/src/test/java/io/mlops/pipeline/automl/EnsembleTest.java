package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.xgboost.Xgboost;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private final SelectionLoss loss =
            new SelectionLoss(Metric.RMSE, Generated.target(Task.REGRESSION), new double[] {1, 2, 3});

    @Test
    void aBaselineThatNothingBeatsIsTakenAlone() {
        assertThat(select(new double[] {3, 2, 1}).weights()).containsExactly(1, 0);
    }

    @Test
    void aBaselineThatIsBeatenIsLeftOut() {
        assertThat(select(new double[] {1.5, 2, 2.5}).weights()).containsExactly(0, 1);
    }

    private Ensemble select(double[] outputs) {
        return Ensemble.select(List.of(contender(new Baseline(), 2, 2, 2), contender(new Xgboost(), outputs)), loss, 3);
    }

    private static <P extends Record> Contender contender(Learner<P> learner, double... outputs) {
        Candidate<P> candidate = new Candidate<>(
                learner.name(),
                learner,
                learner.defaults(Task.REGRESSION),
                FeatureSettings.defaults(),
                Integer.MAX_VALUE,
                1);
        return new Contender(candidate, List.of(), outputs);
    }
}
