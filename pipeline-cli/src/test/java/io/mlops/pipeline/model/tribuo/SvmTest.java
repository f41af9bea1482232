package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class SvmTest implements LearnerContract<SvmParameters> {
    @Override
    public Learner<SvmParameters> learner() {
        return new Svm();
    }

    @Override
    public boolean weighsRows() {
        return false;
    }

    @Override
    public boolean weightsShiftProbabilities() {
        return false;
    }
}
