package io.mlops.pipeline.model;

class BaselineTest implements LearnerContract<Baseline.Parameters> {
    @Override
    public Learner<Baseline.Parameters> learner() {
        return new Baseline();
    }

    @Override
    public boolean learns() {
        return false;
    }
}
