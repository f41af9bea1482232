package io.mlops.pipeline.model.lightgbm;

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
import java.util.Optional;
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

    /** TabArena's space (Erickson et al. 2025), with learning rates that come to an end within the usual rounds. */
    @Override
    public Space searchSpace(Task task) {
        return Space.builder()
                .log("learning_rate", 0.02, 0.2)
                .wholeLog("num_leaves", 4, 256)
                .wholeLog("min_data_in_leaf", 2, 100)
                .real("bagging_fraction", 0.5, 1)
                .real("feature_fraction", 0.4, 1)
                .real("feature_fraction_bynode", 0.4, 1)
                .log("lambda_l1", 1e-4, 5)
                .log("lambda_l2", 1e-3, 10)
                .log("cat_smooth", 1, 100)
                .log("cat_l2", 1, 100)
                .build();
    }

    @Override
    public Optional<LightgbmParameters> shortened(LightgbmParameters parameters, int rounds) {
        return rounds < parameters.rounds() ? Optional.of(parameters.withRounds(rounds)) : Optional.empty();
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
