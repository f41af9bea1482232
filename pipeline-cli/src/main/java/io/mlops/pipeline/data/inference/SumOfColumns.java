package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import java.util.ArrayList;
import java.util.List;

/** Whether a number to be predicted is the sum of a few other columns, each with a factor. */
final class SumOfColumns {
    private static final double ALMOST_ALL = 0.98;
    private static final int MOST_PARTS = 4;
    private static final int MOST_COLUMNS = 300;
    private static final int MOST_ROWS = 4_000;

    private final RowSample sample;
    private final List<InferredColumn> columns;
    private final int target;

    SumOfColumns(RowSample sample, List<InferredColumn> columns, int target) {
        this.sample = sample;
        this.columns = columns;
        this.target = target;
    }

    List<Finding> find() {
        List<Integer> parts = new ArrayList<>();
        for (int column = 0; column < columns.size() && parts.size() < MOST_COLUMNS; column++) {
            ColumnType type = columns.get(column).type();
            if (columns.get(column).role() == Role.FEATURE
                    && (type == ColumnType.NUMBER || type == ColumnType.INTEGER)) {
                parts.add(column);
            }
        }
        int rows = Math.min(MOST_ROWS, sample.size());
        double[] left = centred(target, rows);
        double all = product(left, left);
        List<double[]> vectors = new ArrayList<>();
        parts.forEach(column -> vectors.add(centred(column, rows)));
        List<String> chosen = new ArrayList<>();
        double explained = 0;
        // Each step takes the column that explains most of what is left, and removes it from all others (Gram-Schmidt).
        while (chosen.size() < MOST_PARTS && explained < 0.9999 && all > 0) {
            int best = -1;
            double bestGain = 1e-3;
            for (int i = 0; i < vectors.size(); i++) {
                double norm = product(vectors.get(i), vectors.get(i));
                double gain = norm <= 1e-9 * rows ? 0 : Math.pow(product(vectors.get(i), left), 2) / norm / all;
                if (gain > bestGain) {
                    best = i;
                    bestGain = gain;
                }
            }
            if (best < 0) {
                break;
            }
            double[] axis = vectors.get(best);
            chosen.add(columns.get(parts.get(best)).name());
            remove(axis, left);
            vectors.forEach(vector -> {
                if (vector != axis) {
                    remove(axis, vector);
                }
            });
            vectors.set(best, new double[rows]);
            explained = 1 - product(left, left) / all;
        }
        if (explained < ALMOST_ALL) {
            return List.of();
        }
        String names = Words.names(chosen);
        return List.of(Finding.warning(
                columns.get(target).name(),
                chosen.size() == 1
                        ? "the target is a multiple of " + names
                        : "the target is a sum of " + names + ", each with a factor",
                "together they explain " + Words.percent(explained) + " of it",
                "add them to data.ignore if they are known only when the target is"));
    }

    /** The numbers of a column less their mean, which stands for missing ones, scaled to a variance of one. */
    private double[] centred(int column, int rows) {
        double[] values = new double[rows];
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            values[row] = Keys.number(sample.key(row, column));
            if (!Double.isNaN(values[row])) {
                sum += values[row];
                count++;
            }
        }
        double mean = sum / Math.max(1, count);
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            values[row] = Double.isNaN(values[row]) ? 0 : values[row] - mean;
            squares += values[row] * values[row];
        }
        double scale = squares == 0 ? 1 : 1 / Math.sqrt(squares / rows);
        for (int row = 0; row < rows; row++) {
            values[row] *= scale;
        }
        return values;
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void remove(double[] axis, double[] vector) {
        double factor = product(axis, vector) / product(axis, axis);
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= factor * axis[i];
        }
    }
}
