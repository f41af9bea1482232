package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.space.Space;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;

/** Logarithms of odds as weighted sums: by LibLinear for two classes, by stochastic gradients for more. */
public final class LogisticRegression implements Learner<LogisticParameters> {
    @Override
    public String name() {
        return "logistic_regression";
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.of(Task.BINARY, Task.MULTICLASS);
    }

    @Override
    public View view() {
        return View.LINEAR;
    }

    @Override
    public LogisticParameters defaults(Task task) {
        return LogisticParameters.defaults();
    }

    @Override
    public Space searchSpace(Task task) {
        if (task == Task.BINARY) {
            return Space.builder().log("c", 1e-4, 1e3).build();
        }
        return Space.builder()
                .log("learning_rate", 5e-3, 1)
                .wholeLog("batch", 1, 64)
                .build();
    }

    @Override
    public String alternative(Task task) {
        return "linear_regression";
    }

    @Override
    public TrainedModel fit(
            LogisticParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        Examples.requireRoom(name(), training);
        boolean binary = training.target().task() == Task.BINARY;
        Sums sums = binary
                ? Sums.libLinear(name(), training, LinearType.L2R_LR, parameters.c(), context.seed())
                : Sums.softmax(training, parameters, context.seed());
        LinearModel.Kind kind = binary ? LinearModel.Kind.LOGISTIC : LinearModel.Kind.SOFTMAX;
        return LinearModel.of(name(), kind, training, sums.intercepts(), sums.coefficients());
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return LinearModel.load(folder, features);
    }
}
