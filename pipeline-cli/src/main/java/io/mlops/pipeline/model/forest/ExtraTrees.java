package io.mlops.pipeline.model.forest;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deep trees that see all rows and split at random thresholds (Geurts, Ernst and Wehenkel 2006); they are averaged. */
public final class ExtraTrees implements Learner<ExtraTreesParameters> {
    static final String NAME = "extra_trees";

    private static final double HEAP_SHARE = 0.5;
    private static final int BYTES_PER_NODE = 12;

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
    public ExtraTreesParameters defaults(Task task) {
        return ExtraTreesParameters.defaults();
    }

    @Override
    public Space searchSpace(Task task) {
        return Space.builder()
                .wholeLog("min_leaf_rows", 1, 50)
                .real("max_features", 0.1, 1)
                .log("smoothing", 0.01, 10)
                .build();
    }

    @Override
    public TrainedModel fit(
            ExtraTreesParameters parameters,
            TrainingSet training,
            @Nullable TrainingSet validation,
            FitContext context) {
        requireTask(training.target().task());
        requireMemory(parameters, training);
        return new ForestTraining(parameters, training, context).run();
    }

    /** Refuses trees that could not be held, should each grow to its last row. */
    private static void requireMemory(ExtraTreesParameters parameters, TrainingSet training) {
        double leaves = Math.min(parameters.maxLeaves(), training.rows() / (double) parameters.minLeafRows());
        double bytes = parameters.trees()
                * leaves
                * (2 * BYTES_PER_NODE + 4.0 * training.target().outputs());
        double most = HEAP_SHARE * Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw PipelineException.usage(String.format(
                    Locale.ROOT,
                    "model '%s' may need %,.0f MB for %,d trees of up to %,.0f leaves, and may use %,.0f MB; lower trees or"
                            + " max_leaves, raise min_leaf_rows, or give Java more memory (-Xmx)",
                    NAME,
                    bytes / 1e6,
                    parameters.trees(),
                    leaves,
                    most / 1e6));
        }
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return ForestModel.load(folder, target, features);
    }
}
