package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class LinearRegressionTest implements LearnerContract<RidgeParameters> {
    @Override
    public Learner<RidgeParameters> learner() {
        return new LinearRegression();
    }

    @Override
    public boolean weighsRows() {
        return false;
    }
}
