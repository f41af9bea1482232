package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.PipelineException;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The widest margin between classes, or the flattest function within a tolerance; radial for few rows, else linear. */
public final class Svm implements Learner<SvmParameters> {
    @Override
    public String name() {
        return "svm";
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.allOf(Task.class);
    }

    @Override
    public View view() {
        return View.LINEAR;
    }

    @Override
    public SvmParameters defaults(Task task) {
        return SvmParameters.defaults();
    }

    @Override
    public Space searchSpace(Task task) {
        Space.Builder space = Space.builder()
                .choice("kernel", "auto", "linear")
                .log("c", 1e-2, 1e2)
                .log("gamma", 1e-4, 1)
                .when("kernel", "auto");
        if (!task.isClassification()) {
            space.log("epsilon", 1e-3, 1);
        }
        return space.build();
    }

    @Override
    public TrainedModel fit(
            SvmParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        Examples.requireRoom(name(), training);
        boolean classification = training.target().task().isClassification();
        if (classification && Arrays.stream(training.values()).distinct().count() < 2) {
            return LinearMargins.fit(name(), training, parameters.c(), context.seed());
        }
        if (radial(parameters, training.rows())) {
            return KernelTraining.fit(name(), parameters, training, context.seed());
        }
        return classification
                ? LinearMargins.fit(name(), training, parameters.c(), context.seed())
                : LinearValues.fit(name(), training, parameters.c(), parameters.epsilon(), context.seed());
    }

    private boolean radial(SvmParameters parameters, int rows) {
        return switch (parameters.kernel()) {
            case AUTO -> rows <= parameters.rbfRows();
            case LINEAR -> false;
            case RBF -> {
                if (rows > parameters.rbfRows()) {
                    throw PipelineException.usage(
                            ("model 'svm' with kernel rbf takes up to %,d rows, not %,d, since its"
                                            + " time grows with their square; set kernel to linear, raise rbf_rows, or use"
                                            + " 'xgboost' instead")
                                    .formatted(parameters.rbfRows(), rows));
                }
                yield true;
            }
        };
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return KernelModel.isIn(folder)
                ? KernelModel.load(name(), folder, target, features)
                : LinearModel.load(folder, features);
    }
}
