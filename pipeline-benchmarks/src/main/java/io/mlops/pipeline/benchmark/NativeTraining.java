package io.mlops.pipeline.benchmark;

import java.util.Arrays;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost's own calls on a table that is already in memory: the least that any pipeline around them costs. */
final class NativeTraining {
    private NativeTraining() {}

    /**
     * Trains, scores the same rows, and prints the seconds that building the matrix, training and scoring took.
     *
     * @param args the file, the share of its rows to learn from, the rounds, the depth, the threads
     */
    public static void main(String[] args) throws XGBoostError {
        TableParser table = TableParser.parse(args[0]);
        int rows = (int) (table.rows() * Double.parseDouble(args[1]));
        float[] values = table.values(rows);
        float[] labels = table.labels(rows);
        long start = System.nanoTime();
        DMatrix matrix = matrix(values, rows);
        matrix.setLabel(labels);
        long built = System.nanoTime();
        Map<String, Object> parameters = Map.of(
                "objective",
                "binary:logistic",
                "tree_method",
                "hist",
                "max_depth",
                Integer.parseInt(args[3]),
                "nthread",
                Integer.parseInt(args[4]));
        Booster booster = XGBoost.train(matrix, parameters, Integer.parseInt(args[2]), Map.of(), null, null);
        long trained = System.nanoTime();
        matrix.dispose();
        // A matrix that the booster has not seen: of the one it learned from it remembers the scores.
        DMatrix unseen = matrix(values, rows);
        long prepared = System.nanoTime();
        booster.predict(unseen);
        long scored = System.nanoTime();
        System.out.printf(
                "{\"build\": %.3f, \"train\": %.3f, \"predict\": %.3f}%n",
                (built - start) / 1e9, (trained - built) / 1e9, (scored - prepared) / 1e9);
    }

    private static DMatrix matrix(float[] values, int rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(values, rows, BenchmarkTable.COLUMNS, Float.NaN);
        String[] types = new String[BenchmarkTable.COLUMNS];
        Arrays.fill(types, 0, BenchmarkTable.NUMBERS, "q");
        Arrays.fill(types, BenchmarkTable.NUMBERS, types.length, "c");
        matrix.setFeatureTypes(types);
        return matrix;
    }
}
