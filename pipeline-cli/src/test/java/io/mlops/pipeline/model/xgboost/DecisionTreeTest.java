package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class DecisionTreeTest implements LearnerContract<TreeParameters> {
    @Override
    public Learner<TreeParameters> learner() {
        return new DecisionTree();
    }

    @Override
    public TreeParameters quick(Task task) {
        return learner().defaults(task);
    }
}
