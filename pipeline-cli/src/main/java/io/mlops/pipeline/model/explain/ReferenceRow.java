package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The row that others are compared with: the mean of each feature over the training rows, of codes the most frequent.
 *
 * <p>It holds no training row, only what all of them have in common.
 *
 * @param values one for each feature; NaN where all are missing
 */
public record ReferenceRow(float[] values) {
    private static final String FILE = "reference.json";

    public static ReferenceRow of(FeatureMatrix training) {
        float[] values = new float[training.columns()];
        for (int column = 0; column < values.length; column++) {
            values[column] = training.features().get(column).isCategorical()
                    ? mostFrequent(training, column)
                    : mean(training, column);
        }
        return new ReferenceRow(values);
    }

    private static float mean(FeatureMatrix rows, int column) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            float value = rows.get(row, column);
            if (!Float.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Float.NaN : (float) (sum / count);
    }

    /** The lowest of equally frequent ones. */
    private static float mostFrequent(FeatureMatrix rows, int column) {
        Map<Float, Integer> counts = new HashMap<>();
        float best = Float.NaN;
        int most = 0;
        for (int row = 0; row < rows.rows(); row++) {
            counts.merge(rows.get(row, column), 1, Integer::sum);
        }
        for (Map.Entry<Float, Integer> each : counts.entrySet()) {
            boolean lower = each.getValue() == most && each.getKey() < best;
            if (each.getValue() > most || lower) {
                most = each.getValue();
                best = each.getKey();
            }
        }
        return best;
    }

    /** Reads what {@link #save} wrote; null where a model was saved before there were any. */
    public static @Nullable ReferenceRow load(Path folder, int features) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        ReferenceRow read = ModelFiles.readJson(file, ReferenceRow.class);
        if (read.values.length != features) {
            throw ModelFiles.damaged(file, "it has " + read.values.length + " values, not " + features);
        }
        return read;
    }

    /** Writes it beside a model; nothing where there is none. */
    public static void save(@Nullable ReferenceRow row, Path folder) {
        if (row != null) {
            ModelFiles.writeJson(folder.resolve(FILE), row);
        }
    }

    /** The row, where there is one. */
    static ReferenceRow required(@Nullable ReferenceRow row) {
        if (row == null) {
            throw PipelineException.model("the model was saved by a version that kept no row to compare others with;"
                    + " train it again to explain what it predicts");
        }
        return row;
    }
}
