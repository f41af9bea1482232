package io.mlops.pipeline.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the parts of the rows; only the deciding metric gets intervals, from few resamples. */
record Slicing(Metric metric, int resamples, long seed, int threads) {
    /** With fewer rows, or fewer rows of a class, a slice says little. */
    private static final int FEW_ROWS = 30;

    private static final int FEW_OF_CLASS = 10;

    List<Slice> slices(Predictions predictions, List<SliceColumn> columns) {
        List<Slice> slices = new ArrayList<>();
        for (SliceColumn column : columns) {
            if (column.codes().length != predictions.rows()) {
                throw new IllegalArgumentException("column '" + column.name() + "' has other rows");
            }
            int[][] rows = rows(column);
            for (int part = 0; part < rows.length; part++) {
                if (rows[part].length > 0) {
                    slices.add(slice(column.name(), column.labels().get(part), predictions, rows[part]));
                }
            }
        }
        return slices;
    }

    private static int[][] rows(SliceColumn column) {
        int[] counts = new int[column.labels().size()];
        for (int code : column.codes()) {
            counts[code]++;
        }
        int[][] rows = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        int[] filled = new int[rows.length];
        for (int row = 0; row < column.codes().length; row++) {
            int code = column.codes()[row];
            rows[code][filled[code]++] = row;
        }
        return rows;
    }

    private Slice slice(String column, String value, Predictions all, int[] rows) {
        Predictions predictions = all.select(rows);
        Resampled resampled = Resampled.of(List.of(Scorer.of(predictions)), predictions, resamples, seed, threads);
        Map<String, Estimate> metrics = new LinkedHashMap<>();
        resampled.estimates().forEach((key, estimate) -> {
            metrics.put(key, key.equals(metric.key()) ? estimate : Estimate.of(estimate.value()));
        });
        return new Slice(
                column,
                value,
                rows.length,
                (double) rows.length / all.rows(),
                metrics,
                resampled.metrics().undefined(),
                warning(predictions));
    }

    private static @Nullable String warning(Predictions predictions) {
        if (predictions.rows() < FEW_ROWS) {
            return predictions.rows() == 1 ? "only 1 row" : "only " + predictions.rows() + " rows";
        }
        int[] counts = new int[predictions.target().classes().size()];
        for (int row = 0; counts.length > 0 && row < predictions.rows(); row++) {
            counts[(int) predictions.truth()[row]]++;
        }
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] < FEW_OF_CLASS) {
                String rows = counts[index] == 0
                        ? "no row"
                        : counts[index] == 1 ? "only 1 row" : "only " + counts[index] + " rows";
                return rows + " of class " + predictions.target().classes().get(index);
            }
        }
        return null;
    }
}
