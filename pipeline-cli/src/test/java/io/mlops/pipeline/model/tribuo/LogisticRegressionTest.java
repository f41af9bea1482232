package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class LogisticRegressionTest implements LearnerContract<LogisticParameters> {
    @Override
    public Learner<LogisticParameters> learner() {
        return new LogisticRegression();
    }
}
