package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gradient boosting whose trees grow leaf by leaf, where the gain is greatest. */
public final class Lightgbm implements Learner<LightgbmParameters> {
    static final String NAME = "lightgbm";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Task> tasks() {
        return EnumSet.allOf(Task.class);
    }

    @Override
    public View view() {
        return View.TREE;
    }

    @Override
    public LightgbmParameters defaults(Task task) {
        return LightgbmParameters.defaults();
    }

    @Override
    public boolean stopsEarly(LightgbmParameters parameters) {
        return parameters.earlyStoppingRounds() > 0;
    }

    @Override
    public LightgbmParameters settled(LightgbmParameters parameters, TrainedModel stopped) {
        return parameters.withFixedRounds(((LightgbmModel) stopped).rounds());
    }

    @Override
    public TrainedModel fit(
            LightgbmParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        NativeLibrary.load();
        try (ThreadGate gate = ThreadGate.enter(NativeLibrary.threads(context.threads()));
                Boosting boosting = new Boosting(parameters, training, validation, context)) {
            return boosting.run();
        }
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return LightgbmModel.load(folder, target, features);
    }
}
