package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.TreeShap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** Trees that XGBoost grew; saved as XGBoost's UBJ and a {@code model.json} that says how to read what they give. */
final class TreeModel implements TrainedModel {
    /** How many rows are copied into native memory at once. */
    private static final int BATCH = 65_536;

    static final String TREES = "trees.ubj";
    static final String OUTPUTS = "model.json";

    private final String learner;
    private final byte[] trees;
    private final Booster booster;
    private final Outputs outputs;
    private final List<LearningCurve> curves;
    private volatile @Nullable TreeShap explained;

    private TreeModel(String learner, byte[] trees, Booster booster, Outputs outputs, List<LearningCurve> curves) {
        this.learner = learner;
        this.trees = trees;
        this.booster = booster;
        this.outputs = outputs;
        this.curves = curves;
    }

    /** Reads the trees back from their bytes, so that a fresh model is the very model that is loaded later. */
    static TreeModel of(String learner, byte[] trees, Outputs outputs, List<LearningCurve> curves, int threads)
            throws XGBoostError {
        try {
            Booster booster = XGBoost.loadModel(trees);
            booster.setParam("verbosity", 0);
            if (threads > 0) {
                booster.setParam("nthread", threads);
            }
            return new TreeModel(learner, trees, booster, outputs, curves);
        } catch (IOException e) {
            throw new XGBoostError("cannot read trees from memory", e);
        }
    }

    static TreeModel load(String learner, Path folder, List<Feature> features) {
        Path file = folder.resolve(TREES);
        Outputs outputs = ModelFiles.readJson(folder.resolve(OUTPUTS), Outputs.class);
        if (!outputs.features().equals(Outputs.names(features))) {
            throw ModelFiles.damaged(folder.resolve(OUTPUTS), "its features are not those of the preprocessor");
        }
        byte[] trees = ModelFiles.readBytes(file);
        try {
            return of(learner, trees, outputs, List.of(), 0);
        } catch (XGBoostError e) {
            throw ModelFiles.damaged(file, "XGBoost cannot read it", e);
        }
    }

    int rounds() {
        return outputs.rounds();
    }

    @Override
    public String learner() {
        return learner;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        int width = outputs.width();
        double[] predicted = new double[Math.multiplyExact(features.rows(), width)];
        for (int from = 0; from < features.rows(); from += BATCH) {
            int to = Math.min(features.rows(), from + BATCH);
            float[][] given = predict(features, from, to);
            for (int row = from; row < to; row++) {
                outputs.write(given[row - from], predicted, row * width);
            }
        }
        return predicted;
    }

    @Override
    public TrainedModel onOneThread() {
        try {
            return of(learner, trees, outputs, curves, 1);
        } catch (XGBoostError e) {
            throw NativeTraining.failed(e);
        }
    }

    private float[][] predict(FeatureMatrix features, int from, int to) {
        try {
            DMatrix matrix = Matrices.of(features, from, to);
            try {
                return booster.predict(matrix, outputs.margins(), outputs.rounds());
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw NativeTraining.failed(e);
        }
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        TreeShap shap = explained;
        if (shap == null) {
            shap = TreeViews.of(SavedTrees.of(trees, outputs), outputs);
            explained = shap;
        }
        return shap.contributions(features);
    }

    @Override
    public Map<String, Double> importance() {
        return Gains.of(trees, outputs.rounds()).shares(outputs.features());
    }

    @Override
    public List<LearningCurve> learningCurves() {
        return curves;
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeBytes(folder.resolve(TREES), trees);
        ModelFiles.writeJson(folder.resolve(OUTPUTS), outputs);
    }
}
