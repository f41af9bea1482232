package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class XgboostTest implements LearnerContract<XgboostParameters> {
    @Override
    public Learner<XgboostParameters> learner() {
        return new Xgboost();
    }

    @Override
    public XgboostParameters quick(Task task) {
        return learner().defaults(task).withFixedRounds(60);
    }
}
