package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.TrainedModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A model that stays on disk and is read for each use, so that an ensemble of many takes the memory of one.
 *
 * @param folder what it was saved in
 * @param reader reads that
 */
record StoredModel(String learner, Path folder, Supplier<TrainedModel> reader) implements TrainedModel {
    /** A model that is not read anew for each use. */
    static TrainedModel inMemory(TrainedModel model) {
        return model instanceof StoredModel stored ? stored.reader.get() : model;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        return reader.get().predict(features);
    }

    /** In memory: who measures time does not want that of reading. */
    @Override
    public TrainedModel onOneThread() {
        return reader.get().onOneThread();
    }

    @Override
    public Map<String, Double> importance() {
        return reader.get().importance();
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        return reader.get().contributions(features);
    }

    @Override
    public void save(Path empty) {
        Folders.copy(folder, empty);
    }
}
