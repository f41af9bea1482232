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

/** A single tree. */
public final class DecisionTree implements Learner<TreeParameters> {
    @Override
    public String name() {
        return "decision_tree";
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
    public TreeParameters defaults(Task task) {
        return TreeParameters.defaults();
    }

    @Override
    public Space searchSpace(Task task) {
        return Space.builder()
                .whole("max_depth", 2, 16)
                .log("min_leaf_rows", 1, 200)
                .log("smoothing", 0.01, 100)
                .wholeLog("max_cat_to_onehot", 1, 100)
                .build();
    }

    @Override
    public TrainedModel fit(
            TreeParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        requireTask(training.target().task());
        try {
            return Grove.grow(name(), parameters.toNative(), training, context);
        } catch (XGBoostError e) {
            throw NativeTraining.failed(e);
        }
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return TreeModel.load(name(), folder, features);
    }
}
