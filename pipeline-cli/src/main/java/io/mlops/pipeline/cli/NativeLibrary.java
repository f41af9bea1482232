package io.mlops.pipeline.cli;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.util.List;

/** Whether the native library that trains trees works on this machine. */
final class NativeLibrary {
    private NativeLibrary() {}

    /** Trains a tree on four rows, and says on what machine. */
    static String check() {
        return "trains trees on " + train(Learners.named("decision_tree"));
    }

    private static <P extends Record> String train(Learner<P> learner) {
        FeatureMatrix features = new FeatureMatrix(List.of(new Feature("x", "x", 0)), 4, new float[] {0, 1, 2, 3});
        Target target = new Target("y", Task.REGRESSION, List.of());
        TrainingSet rows = new TrainingSet(features, target, new double[] {0, 0, 1, 1}, null);
        learner.fit(learner.defaults(Task.REGRESSION), rows, null, new FitContext(1, 1))
                .predict(features);
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
