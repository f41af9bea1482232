package io.mlops.pipeline.model.catalog;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.model.forest.ExtraTrees;
import io.mlops.pipeline.model.lightgbm.Lightgbm;
import io.mlops.pipeline.model.neural.NeuralNetwork;
import io.mlops.pipeline.model.tribuo.LinearRegression;
import io.mlops.pipeline.model.tribuo.LogisticRegression;
import io.mlops.pipeline.model.tribuo.NearestNeighbours;
import io.mlops.pipeline.model.tribuo.Svm;
import io.mlops.pipeline.model.xgboost.DecisionTree;
import io.mlops.pipeline.model.xgboost.RandomForest;
import io.mlops.pipeline.model.xgboost.Xgboost;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The list of model families: whatever offers, configures or loads a family reads it. */
public final class Learners {
    private static final List<Learner<?>> ALL = List.of(
            new LogisticRegression(),
            new LinearRegression(),
            new Xgboost(),
            new Lightgbm(),
            new RandomForest(),
            new ExtraTrees(),
            new DecisionTree(),
            new Svm(),
            new NearestNeighbours(),
            new NeuralNetwork(),
            new Baseline());

    private Learners() {}

    /** Every family, in the order in which help lists them. */
    public static List<Learner<?>> all() {
        return ALL;
    }

    /** The family of a name. */
    public static Learner<?> named(String name) {
        return ALL.stream()
                .filter(learner -> learner.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PipelineException.usage("there is no model '" + name + "'; did you mean '"
                        + nearest(name) + "'? The models are "
                        + ALL.stream().map(Learner::name).collect(Collectors.joining(", "))));
    }

    /** Reads a saved model: of a family, or an ensemble of several. */
    public static TrainedModel load(String name, Path folder, Target target, List<Feature> features) {
        if (name.equals(EnsembleModel.NAME)) {
            return EnsembleModel.load(folder, target, features, Learners::load);
        }
        return named(name).load(folder, target, features);
    }

    private static String nearest(String name) {
        String best = ALL.get(0).name();
        for (Learner<?> learner : ALL) {
            if (distance(name, learner.name()) < distance(name, best)) {
                best = learner.name();
            }
        }
        return best;
    }

    /** How many letters have to be inserted, removed or replaced (Levenshtein 1966). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
