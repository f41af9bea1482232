package io.mlops.pipeline.features;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.Refinement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.columns.Column;

/**
 * Neighbouring features made from one column: an encoding, then refinements in order.
 *
 * @param column the column that is read
 * @param type how its cells are read
 * @param features one for each output of the encoding
 */
record Block(String column, ColumnType type, Encoding encoding, List<Refinement> refinements, List<Feature> features) {
    /** How many rows are worked on at a time, so that their numbers stay in the processor's cache. */
    private static final int BATCH = 1024;

    Block {
        refinements = List.copyOf(refinements);
        features = List.copyOf(features);
        int width = encoding.outputs(column).size();
        if (features.size() != width || refinements.stream().anyMatch(each -> each.width() != width)) {
            throw new IllegalArgumentException(
                    "the steps of column '" + column + "' differ in their number of features");
        }
    }

    /** A block whose features get names that are not in use yet. */
    static Block of(
            String column, ColumnType type, Encoding encoding, List<Refinement> refinements, Set<String> usedNames) {
        List<Feature> features = new ArrayList<>();
        for (Encoding.Output output : encoding.outputs(column)) {
            String name = output.name();
            for (int i = 2; !usedNames.add(name); i++) {
                name = output.name() + " (" + i + ")";
            }
            features.add(new Feature(name, column, output.levels(), output.indicator()));
        }
        return new Block(column, type, encoding, refinements, features);
    }

    int width() {
        return features.size();
    }

    /**
     * Writes this block's numbers for all rows of a chunk.
     *
     * @param matrix row by row, {@code stride} numbers each
     * @param offset where the block's first number of the first row goes
     */
    void write(Encoding.Cells cells, int rows, float[] matrix, int offset, int stride) {
        int width = width();
        double[] numbers = new double[Math.min(rows, BATCH) * width];
        for (int from = 0; from < rows; from += BATCH) {
            int to = Math.min(rows, from + BATCH);
            cells.encode(from, to, numbers);
            for (Refinement refinement : refinements) {
                refinement.refine(numbers, to - from);
            }
            int at = offset + from * stride;
            for (int row = 0; row < to - from; row++, at += stride) {
                for (int i = 0; i < width; i++) {
                    matrix[at + i] = toFloat(numbers[row * width + i]);
                }
            }
        }
    }

    /** Reads the column of one chunk. */
    Encoding.Cells on(Column<?> cells) {
        try {
            return encoding.on(cells);
        } catch (IllegalArgumentException e) {
            throw PipelineException.data(
                    "column '" + column + "' " + e.getMessage() + ", but the model was trained with " + "it as "
                            + type.name().toLowerCase(Locale.ROOT) + "; read the table with the model's schema");
        }
    }

    /** The nearest finite float: learners refuse infinity, and NaN stays. */
    private static float toFloat(double number) {
        float value = (float) number;
        return Float.isInfinite(value) ? Math.copySign(Float.MAX_VALUE, value) : value;
    }
}
