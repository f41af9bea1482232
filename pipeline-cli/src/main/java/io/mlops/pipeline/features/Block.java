package io.mlops.pipeline.features;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.Refinement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.Column;

/**
 * Neighbouring features made from one column, or from two joined to one: an encoding, then refinements in order.
 *
 * @param column the column that is read; it counts as the source of the features
 * @param type how its cells are read
 * @param partner the second column, of features made from two
 * @param features one for each output of the encoding
 */
record Block(
        String column,
        ColumnType type,
        @Nullable Partner partner,
        Encoding encoding,
        List<Refinement> refinements,
        List<Feature> features) {
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
            String column,
            ColumnType type,
            @Nullable Partner partner,
            Encoding encoding,
            List<Refinement> refinements,
            Set<String> usedNames) {
        List<Feature> features = new ArrayList<>();
        String read = partner == null ? column : partner.join().name(column, partner.column());
        for (Encoding.Output output : encoding.outputs(read)) {
            String name = output.name();
            for (int i = 2; !usedNames.add(name); i++) {
                name = output.name() + " (" + i + ")";
            }
            features.add(new Feature(name, column, output.levels(), output.indicator()));
        }
        return new Block(column, type, partner, encoding, refinements, features);
    }

    int width() {
        return features.size();
    }

    /** The columns of the table that are read. */
    List<String> inputs() {
        return partner == null ? List.of(column) : List.of(column, partner.column());
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

    /** The column of one chunk that the encoding reads, given all by their names. */
    Column<?> cells(Map<String, Column<?>> columns) {
        Column<?> first = Objects.requireNonNull(columns.get(column));
        if (partner == null) {
            return first;
        }
        Column<?> second = Objects.requireNonNull(columns.get(partner.column()));
        return reading(() -> partner.join().of(first, second));
    }

    /** Reads the column of one chunk. */
    Encoding.Cells on(Column<?> cells) {
        return reading(() -> encoding.on(cells));
    }

    private <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            String trained = type.name().toLowerCase(Locale.ROOT);
            String told = partner == null
                    ? "column '" + column + "' " + e.getMessage() + ", but the model was trained with it as " + trained
                    : "column '" + column + "' or '" + partner.column() + "' " + e.getMessage()
                            + ", but the model was trained with them as " + trained + " and "
                            + partner.type().name().toLowerCase(Locale.ROOT);
            throw PipelineException.data(told + "; read the table with the model's schema");
        }
    }

    /** The nearest finite float: learners refuse infinity, and NaN stays. */
    private static float toFloat(double number) {
        float value = (float) number;
        return Float.isInfinite(value) ? Math.copySign(Float.MAX_VALUE, value) : value;
    }
}
