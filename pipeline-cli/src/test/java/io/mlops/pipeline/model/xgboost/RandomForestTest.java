package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class RandomForestTest implements LearnerContract<ForestParameters> {
    @Override
    public Learner<ForestParameters> learner() {
        return new RandomForest();
    }

    @Override
    public ForestParameters quick(Task task) {
        return new ForestParameters(50, 20, 2, 0.632, 0, 0, 256, 4);
    }
}
