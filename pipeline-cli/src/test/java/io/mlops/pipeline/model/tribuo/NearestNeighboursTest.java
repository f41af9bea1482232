package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class NearestNeighboursTest implements LearnerContract<NeighboursParameters> {
    @Override
    public Learner<NeighboursParameters> learner() {
        return new NearestNeighbours();
    }
}
