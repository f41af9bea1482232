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
import java.util.Set;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Many deep trees, each on its own sample of rows and features; their outputs are averaged. */
public final class RandomForest implements Learner<ForestParameters> {
    @Override
    public String name() {
        return "random_forest";
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
    public ForestParameters defaults(Task task) {
        return task.isClassification() ? ForestParameters.defaults() : ForestParameters.regressionDefaults();
    }

    @Override
    public Space searchSpace(Task task) {
        return Space.builder()
                .whole("max_depth", 4, 30)
                .log("min_leaf_rows", 1, 50)
                .real("subsample", 0.3, 1)
                .real("max_features", 0.05, 1)
                .log("smoothing", 0.01, 10)
                .build();
    }

    @Override
    public TrainedModel fit(
            ForestParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        try {
            return Grove.grow(
                    name(),
                    parameters.toNative(
                            training.features().columns(),
                            training.target().task().isClassification()),
                    training,
                    context);
        } catch (XGBoostError e) {
            throw NativeTraining.failed(e);
        }
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return TreeModel.load(name(), folder, features);
    }
}
