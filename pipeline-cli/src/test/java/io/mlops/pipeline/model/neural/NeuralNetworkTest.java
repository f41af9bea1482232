package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;

class NeuralNetworkTest implements LearnerContract<NeuralParameters> {
    @Override
    public Learner<NeuralParameters> learner() {
        return new NeuralNetwork();
    }

    @Override
    public NeuralParameters quick(Task task) {
        NeuralParameters usual = learner().defaults(task);
        return new NeuralParameters(
                2, 32, usual.activation(), 8, 4, 60, 60_000, 64, usual.learningRate(), 0.1, 0.02, 0, 0, 0);
    }
}
