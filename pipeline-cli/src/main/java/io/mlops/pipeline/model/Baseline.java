package io.mlops.pipeline.model;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns nothing but how often each class occurs, or the mean: what every other family has to beat. */
public final class Baseline implements Learner<Baseline.Parameters> {
    private static final String FILE = "model.json";

    /** It has no hyperparameters. */
    public record Parameters() {
        public static Parameters defaults() {
            return new Parameters();
        }
    }

    @Override
    public String name() {
        return "baseline";
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
    public Parameters defaults(Task task) {
        return Parameters.defaults();
    }

    @Override
    public TrainedModel fit(
            Parameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        return new Constant(training.means());
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return ModelFiles.readJson(folder.resolve(FILE), Constant.class);
    }

    /**
     * Gives every row the same outputs.
     *
     * @param outputs one probability per class, or one value
     */
    record Constant(double[] outputs) implements TrainedModel {
        @Override
        public String learner() {
            return "baseline";
        }

        @Override
        public double[] predict(FeatureMatrix features) {
            double[] all = new double[Math.multiplyExact(features.rows(), outputs.length)];
            for (int i = 0; i < all.length; i++) {
                all[i] = outputs[i % outputs.length];
            }
            return all;
        }

        @Override
        public Contributions contributions(FeatureMatrix features) {
            return Contributions.none(features, Link.IDENTITY, outputs);
        }

        @Override
        public Map<String, Double> importance() {
            return Map.of();
        }

        @Override
        public void save(Path folder) {
            ModelFiles.writeJson(folder.resolve(FILE), this);
        }
    }
}
