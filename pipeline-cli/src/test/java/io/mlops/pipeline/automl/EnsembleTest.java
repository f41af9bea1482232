package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.forest.ExtraTrees;
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

    @Test
    void whatAFamilyAddsIsWhatTheOthersLackWithoutIt() {
        Ensemble both = Ensemble.select(
                List.of(
                        contender(new Baseline(), 2, 2, 2),
                        contender(new Xgboost(), 2, 2, 3),
                        contender(new ExtraTrees(), 0, 2, 3)),
                loss,
                3);
        assertThat(FamilyGains.without(both, loss, 3))
                .containsOnlyKeys("xgboost", "extra_trees")
                .containsEntry("extra_trees", Math.sqrt(1.0 / 3))
                .containsEntry("xgboost", Math.sqrt(1.0 / 3));
        assertThat(FamilyGains.without(select(new double[] {1.5, 2, 2.5}), loss, 3))
                .isEmpty();
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
