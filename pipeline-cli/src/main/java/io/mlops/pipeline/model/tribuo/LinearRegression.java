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

/** A value as a weighted sum with the least squared error and a penalty on large coefficients. */
public final class LinearRegression implements Learner<RidgeParameters> {
    @Override
    public String name() {
        return "linear_regression";
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.of(Task.REGRESSION);
    }

    @Override
    public View view() {
        return View.LINEAR;
    }

    @Override
    public RidgeParameters defaults(Task task) {
        return RidgeParameters.defaults();
    }

    @Override
    public Space searchSpace(Task task) {
        return Space.builder().log("alpha", 1e-4, 1e5).build();
    }

    @Override
    public String alternative(Task task) {
        return "logistic_regression";
    }

    @Override
    public TrainedModel fit(
            RidgeParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        Examples.requireRoom(name(), training);
        // A support vector regression whose squared loss has no tolerance is a ridge regression: its cost times the
        // squared errors, plus half the squared coefficients.
        return LinearValues.fit(name(), training, 0.5 / parameters.alpha(), 0, context.seed());
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return LinearModel.load(folder, features);
    }
}
