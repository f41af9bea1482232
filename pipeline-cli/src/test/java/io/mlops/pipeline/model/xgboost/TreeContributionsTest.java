package io.mlops.pipeline.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our contributions of trees against those of XGBoost itself; every feature of these tables is a column. */
class TreeContributionsTest {
    private static final int ROWS = 37;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Task.class)
    void equalThoseOfTheLibrary(Task task) throws IOException, XGBoostError {
        TrainingSet rows = Generated.rows(task, View.TREE, 300, 1);
        FitContext context = new FitContext(7, 2);
        Xgboost boosted = new Xgboost();
        compare(boosted.fit(boosted.defaults(task).withFixedRounds(20), rows, null, context), task);
        RandomForest forest = new RandomForest();
        ForestParameters few = new ForestParameters(20, 0, 1, 0.632, 0, 0.1, 256, 4);
        compare(forest.fit(few, rows, null, context), task);
        DecisionTree single = new DecisionTree();
        compare(single.fit(single.defaults(task), rows, null, context), task);
    }

    private void compare(TrainedModel model, Task task) throws IOException, XGBoostError {
        TrainingSet fresh = Generated.rows(task, View.TREE, ROWS, 2);
        float[] values = fresh.features().values();
        Arrays.fill(values, 0, 5, Float.NaN);
        values[9] = 17;
        Contributions ours = model.contributions(fresh.features());
        Path saved = Files.createTempDirectory(folder, "model");
        model.save(saved);
        SavedTrees trees = SavedTrees.read(saved);
        float[][] theirs = library(saved, fresh);
        int sums = ours.base().length;
        int columns = ours.columns().size();
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < sums; k++) {
                for (int column = 0; column < columns; column++) {
                    assertThat(ours.value(row, column, k) / trees.scale())
                            .as("%s %s row %d column %d sum %d", model.learner(), task, row, column, k)
                            .isCloseTo(theirs[row][k * (columns + 1) + column], within(1e-5));
                }
            }
        }
    }

    private static float[][] library(Path folder, TrainingSet rows) throws IOException, XGBoostError {
        Booster booster = XGBoost.loadModel(Files.readAllBytes(folder.resolve(TreeModel.TREES)));
        DMatrix matrix = Matrices.of(rows.features(), 0, rows.rows());
        try {
            return booster.predictContrib(matrix, 0);
        } finally {
            matrix.dispose();
            booster.dispose();
        }
    }
}
