package io.mlops.pipeline.model.xgboost;

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
