package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A family whose models take their time to predict.
 *
 * @param microseconds for a row, at least
 */
record Slow<P extends Record>(Learner<P> family, double microseconds) implements Learner<P> {
    @Override
    public String name() {
        return family.name();
    }

    @Override
    public Set<Task> tasks() {
        return family.tasks();
    }

    @Override
    public View view() {
        return family.view();
    }

    @Override
    public P defaults(Task task) {
        return family.defaults(task);
    }

    @Override
    public boolean stopsEarly(P parameters) {
        return family.stopsEarly(parameters);
    }

    @Override
    public P settled(P parameters, TrainedModel stopped) {
        return family.settled(parameters, ((Model) stopped).model());
    }

    @Override
    public TrainedModel fit(P parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        return new Model(family.fit(parameters, training, validation, context), microseconds);
    }

    @Override
    public TrainedModel load(Path folder, Target target, List<Feature> features) {
        return new Model(family.load(folder, target, features), microseconds);
    }

    private record Model(TrainedModel model, double microseconds) implements TrainedModel {
        @Override
        public String learner() {
            return model.learner();
        }

        @Override
        public double[] predict(FeatureMatrix features) {
            long until = System.nanoTime() + (long) (1e3 * microseconds * features.rows());
            double[] outputs = model.predict(features);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return outputs;
        }

        @Override
        public Map<String, Double> importance() {
            return model.importance();
        }

        @Override
        public Contributions contributions(FeatureMatrix features) {
            return model.contributions(features);
        }

        @Override
        public void save(Path folder) {
            model.save(folder);
        }
    }
}
