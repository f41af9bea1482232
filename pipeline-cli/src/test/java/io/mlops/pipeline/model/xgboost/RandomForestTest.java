package io.mlops.pipeline.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomForestTest implements LearnerContract<ForestParameters> {
    @Override
    public Learner<ForestParameters> learner() {
        return new RandomForest();
    }

    @Override
    public ForestParameters quick(Task task) {
        return new ForestParameters(50, 20, 2, 0.632, 0, 0, 256, 4);
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "MULTICLASS"})
    void givesNoClassAShareOfZero(Task task) {
        TrainingSet rows = Generated.rows(task, View.TREE, 600, 1);

        TrainedModel model = learner().fit(learner().defaults(task), rows, null, new FitContext(1, 1));

        assertThat(Arrays.stream(model.predict(rows.features())).min().orElseThrow())
                .isGreaterThan(0);
    }
}
