package io.mlops.pipeline.benchmark;

import java.util.Arrays;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost's own training call on a table that is already in memory: the least that any pipeline around it costs. */
final class NativeTraining {
    private NativeTraining() {}

    /**
     * Trains and prints the seconds that building the matrix and training took.
     *
     * @param args the file, the share of its rows to learn from, the rounds, the depth, the threads
     */
    public static void main(String[] args) throws XGBoostError {
        TableParser table = TableParser.parse(args[0]);
        int rows = (int) (table.rows() * Double.parseDouble(args[1]));
        float[] values = table.values(rows);
        float[] labels = table.labels(rows);
        long start = System.nanoTime();
        DMatrix matrix = new DMatrix(values, rows, BenchmarkTable.COLUMNS, Float.NaN);
        String[] types = new String[BenchmarkTable.COLUMNS];
        Arrays.fill(types, 0, BenchmarkTable.NUMBERS, "q");
        Arrays.fill(types, BenchmarkTable.NUMBERS, types.length, "c");
        matrix.setFeatureTypes(types);
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
        XGBoost.train(matrix, parameters, Integer.parseInt(args[2]), Map.of(), null, null);
        long trained = System.nanoTime();
        System.out.printf("{\"build\": %.3f, \"train\": %.3f}%n", (built - start) / 1e9, (trained - built) / 1e9);
    }
}
