package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.TargetChoice;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Counts the labels of a target, or watches the range of its numbers. */
final class TargetCounter {
    /** No table has more classes that can be learned. */
    private static final int MOST_LABELS = 10_000;

    /** Where squares of larger numbers are added up, single precision, which trees reckon in, ends. */
    private static final double LARGEST = 1e15;

    private final TargetChoice target;
    private final Map<String, Long> counts = new TreeMap<>();
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    TargetCounter(TargetChoice target) {
        this.target = target;
    }

    void accept(Table chunk) {
        if (!target.task().isClassification()) {
            DoubleColumn values = (DoubleColumn) ChunkColumns.named(chunk, target.column());
            for (int row = 0; row < values.size(); row++) {
                min = Math.min(min, values.getDouble(row));
                max = Math.max(max, values.getDouble(row));
            }
            if (Math.max(-min, max) > LARGEST) {
                throw PipelineException.data(String.format(
                        Locale.ROOT,
                        "the target '%s' reaches %.3g, and models reckon with numbers up to %.0e: give it in a larger unit,"
                                + " or as its logarithm",
                        target.column(),
                        max > LARGEST ? max : min,
                        LARGEST));
            }
            return;
        }
        CategoryCodes labels = CategoryCodes.of((StringColumn) ChunkColumns.named(chunk, target.column()));
        int[] found = labels.counts();
        for (int code = 0; code < found.length; code++) {
            counts.merge(labels.levels().get(code), (long) found[code], Long::sum);
        }
        if (counts.size() > MOST_LABELS) {
            throw PipelineException.data("the target '" + target.column() + "' has more than " + MOST_LABELS
                    + " labels, too many to learn: set data.task to regression if it is a number, or name the labels that"
                    + " count in data.labels");
        }
    }

    /** How many rows have each label, in the order of the labels; empty where the target is a number. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Whether the target is a number that is the same in every row. */
    boolean isConstant() {
        return !target.task().isClassification() && min == max;
    }
}
