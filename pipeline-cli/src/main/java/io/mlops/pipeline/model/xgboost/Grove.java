package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.boosting.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees grown side by side in one round, each leaf the mean of its rows.
 *
 * <p>With squared error the best leaf is the mean of the rows and the gain is the fall of their variance, which for a
 * class's 0 and 1 is Gini's impurity: so these are the trees of Breiman's forest (2001), where a logistic loss would take
 * only one Newton step from the base rate. All means are taken as distances from the overall mean, so the penalty on the
 * leaves draws towards it.
 */
final class Grove {
    private static final String TREES = "num_parallel_tree";

    /** How many trees tell what one takes. */
    private static final int PILOT = 8;

    /** The share of the time left that is planned for trees. */
    private static final double PLANNED = 0.8;

    private Grove() {}

    static TreeModel grow(String learner, Map<String, Object> hyperparameters, TrainingSet training, FitContext context)
            throws XGBoostError {
        Labels labels = Labels.of(training);
        NativeTraining.stopIfInterrupted();
        DMatrix matrix = Matrices.of(training, targets(training, labels));
        try {
            Map<String, Object> chosen = new HashMap<>(hyperparameters);
            int trees = (int) hyperparameters.getOrDefault(TREES, 1);
            if (context.deadline().isLimited() && trees > PILOT) {
                // One call grows all trees and cannot be ended: a few tell how many there is time for.
                chosen.put(TREES, PILOT);
                long start = System.nanoTime();
                TreeModel pilot = grow(learner, chosen, training, matrix, labels, context);
                double each = (System.nanoTime() - start) / (double) PILOT;
                trees = (int)
                        Math.min(trees, PLANNED * context.deadline().left().toNanos() / each);
                if (trees <= PILOT) {
                    return pilot;
                }
                NativeTraining.stopIfInterrupted();
                chosen.put(TREES, trees);
            }
            return grow(learner, chosen, training, matrix, labels, context);
        } finally {
            matrix.dispose();
        }
    }

    private static TreeModel grow(
            String learner,
            Map<String, Object> hyperparameters,
            TrainingSet training,
            DMatrix matrix,
            Labels labels,
            FitContext context)
            throws XGBoostError {
        Task task = training.target().task();
        String objective = task == Task.MULTICLASS ? "multi:softprob" : "reg:squarederror";
        Map<String, Object> settings = NativeTraining.settings(
                context, objective, 0, hyperparameters, training.features().columns());
        settings.put("eta", 1);
        if (task == Task.MULTICLASS) {
            settings.put("num_class", labels.offsets().length);
        }
        Booster booster = NativeTraining.empty(matrix, settings, Map.of());
        try {
            if (task == Task.MULTICLASS) {
                boostShares(booster, matrix, training, labels.offsets());
            } else {
                booster.update(matrix, 0);
            }
            List<String> features = Outputs.names(training.features().features());
            Outputs outputs = new Outputs(kind(task), offsets(task, labels), labels.scale(), 1, features);
            return TreeModel.of(learner, booster.toByteArray("ubj"), outputs, List.of(), context.threads());
        } finally {
            booster.dispose();
        }
    }

    /** The distance of each row's 0, 1 or scaled value from the mean; the class's index where there are many. */
    private static float[] targets(TrainingSet training, Labels labels) {
        float[] targets = labels.of(training.values(), training.target().task().isClassification());
        if (training.target().task() == Task.BINARY) {
            for (int row = 0; row < targets.length; row++) {
                targets[row] -= (float) labels.offsets()[1];
            }
        }
        return targets;
    }

    /** One round on the gradients of the squared error of each class's 0 or 1, which no objective of XGBoost's has. */
    private static void boostShares(Booster booster, DMatrix matrix, TrainingSet training, double[] shares)
            throws XGBoostError {
        int classes = shares.length;
        float[] gradients = new float[Math.multiplyExact(training.rows(), classes)];
        float[] curvatures = new float[gradients.length];
        for (int row = 0; row < training.rows(); row++) {
            for (int k = 0; k < classes; k++) {
                double distance = (training.values()[row] == k ? 1 : 0) - shares[k];
                gradients[row * classes + k] = (float) (-training.weight(row) * distance);
                curvatures[row * classes + k] = (float) training.weight(row);
            }
        }
        booster.boost(matrix, 0, gradients, curvatures);
    }

    private static double[] offsets(Task task, Labels labels) {
        return task == Task.BINARY ? new double[] {labels.offsets()[1]} : labels.offsets();
    }

    private static Outputs.Kind kind(Task task) {
        return switch (task) {
            case BINARY -> Outputs.Kind.POSITIVE_SHARE;
            case MULTICLASS -> Outputs.Kind.SHARES;
            case REGRESSION -> Outputs.Kind.VALUE;
        };
    }
}
