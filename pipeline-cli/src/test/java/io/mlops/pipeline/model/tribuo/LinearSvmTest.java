package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class LinearSvmTest implements LearnerContract<SvmParameters> {
    @Override
    public Learner<SvmParameters> learner() {
        return new Svm();
    }

    @Override
    public SvmParameters quick(Task task) {
        return new SvmParameters(SvmParameters.Kernel.LINEAR, 1, 0, 0.1, 5_000);
    }

    @Override
    public boolean weighsRows() {
        return false;
    }
}
