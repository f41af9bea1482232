package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Ten columns that a target depends on, the first the most, and columns of noise.
 *
 * @param rows what is learned from
 * @param keys of the rows
 */
record NoiseTable(TrainingSet rows, RowKeys keys) {
    static final int TRUE_COLUMNS = 10;

    /** Names of the columns of noise start with this. */
    static final String NOISE = "noise";

    /** Classes whose log-odds are a weighted sum of the true columns. */
    static NoiseTable of(int rows, int noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = TRUE_COLUMNS + noise;
        float[] values = new float[rows * width];
        double[] target = new double[rows];
        for (int row = 0; row < rows; row++) {
            double odds = 0;
            for (int column = 0; column < width; column++) {
                double value = random.nextGaussian();
                values[row * width + column] = (float) value;
                odds += column < TRUE_COLUMNS ? value * (1.5 - 0.1 * column) : 0;
            }
            target[row] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
        }
        List<Feature> features = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            String name = column < TRUE_COLUMNS ? "true" + column : NOISE + column;
            features.add(new Feature(name, name, 0));
        }
        return new NoiseTable(
                new TrainingSet(
                        new FeatureMatrix(features, rows, values),
                        new Target("y", Task.BINARY, List.of("no", "yes")),
                        target,
                        null),
                new RowKeys(
                        LongStream.rangeClosed(1, rows).toArray(),
                        random.longs(rows).toArray(),
                        target,
                        null,
                        null));
    }

    /** The same rows with other values. */
    TrainingSet with(float[] values) {
        return new TrainingSet(
                new FeatureMatrix(rows.features().features(), rows.rows(), values),
                rows.target(),
                rows.values(),
                rows.weights());
    }
}
