package io.mlops.pipeline.model.xgboost;

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
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Gradient boosting. */
public final class Xgboost implements Learner<XgboostParameters> {
    @Override
    public String name() {
        return "xgboost";
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
    public XgboostParameters defaults(Task task) {
        return task.isClassification() ? XgboostParameters.defaults() : XgboostParameters.regressionDefaults();
    }

    /** TabArena's space (Erickson et al. 2025), with learning rates that come to an end within the usual rounds. */
    @Override
    public Space searchSpace(Task task) {
        return Space.builder()
                .log("learning_rate", 0.02, 0.2)
                .wholeLog("max_depth", 3, 10)
                .log("min_child_weight", 1e-3, 10)
                .real("subsample", 0.5, 1)
                .real("colsample_bylevel", 0.5, 1)
                .real("colsample_bynode", 0.5, 1)
                .log("lambda", 1e-3, 10)
                .log("alpha", 1e-4, 5)
                .wholeLog("max_cat_to_onehot", 4, 100)
                .choice("grow_policy", "depthwise", "lossguide")
                .wholeLog("max_leaves", 8, 256)
                .when("grow_policy", "lossguide")
                .build();
    }

    @Override
    public Optional<XgboostParameters> shortened(XgboostParameters parameters, int rounds) {
        return rounds < parameters.rounds() ? Optional.of(parameters.withRounds(rounds)) : Optional.empty();
    }

    @Override
    public boolean stopsEarly(XgboostParameters parameters) {
        return parameters.earlyStoppingRounds() > 0;
    }

    @Override
    public XgboostParameters settled(XgboostParameters parameters, TrainedModel stopped) {
        return parameters.withFixedRounds(((TreeModel) stopped).rounds());
    }

    @Override
    public TrainedModel fit(
            XgboostParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        try (Boosting boosting = new Boosting(parameters, training, validation, context)) {
            return boosting.run(name());
        } catch (XGBoostError e) {
            throw NativeTraining.failed(e);
        }
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return TreeModel.load(name(), folder, features);
    }
}
