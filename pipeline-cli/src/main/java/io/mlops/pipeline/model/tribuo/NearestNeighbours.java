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
import io.mlops.pipeline.model.explain.ReferenceRow;
import io.mlops.pipeline.model.space.Space;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes or values of the rows that are most alike. */
public final class NearestNeighbours implements Learner<NeighboursParameters> {
    /** How many numbers of training rows a model keeps at most: each prediction reads them all. */
    private static final long MOST_NUMBERS = 5_000_000;

    /** What comparing one number takes, as measured. */
    private static final double MILLISECONDS_PER_NUMBER = 2.5e-6;

    @Override
    public String name() {
        return "knn";
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
    public NeighboursParameters defaults(Task task) {
        NeighboursParameters usual = NeighboursParameters.defaults();
        return task.isClassification() ? usual : new NeighboursParameters(usual.neighbours(), usual.weighting(), 0);
    }

    @Override
    public Space searchSpace(Task task) {
        Space.Builder space = Space.builder().wholeLog("neighbours", 1, 100).choice("weighting", "uniform", "distance");
        if (task.isClassification()) {
            space.log("smoothing", 0.01, 10);
        }
        return space.build();
    }

    @Override
    public TrainedModel fit(
            NeighboursParameters parameters,
            TrainingSet training,
            @Nullable TrainingSet validation,
            FitContext context) {
        requireTask(training.target().task());
        long numbers = training.features().values().length;
        if (numbers > MOST_NUMBERS) {
            throw PipelineException.usage(("model 'knn' would compare every row that it predicts with %,d rows of %d"
                            + " features, which takes about %.0f ms a row; it learns from up to %,d such rows; use"
                            + " 'xgboost' instead or learn from fewer rows")
                    .formatted(
                            training.rows(),
                            training.features().columns(),
                            numbers * MILLISECONDS_PER_NUMBER,
                            MOST_NUMBERS / training.features().columns()));
        }
        return new NeighboursModel(NeighboursMemory.of(parameters, training), ReferenceRow.of(training.features()));
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return NeighboursModel.load(folder, target, features);
    }
}
