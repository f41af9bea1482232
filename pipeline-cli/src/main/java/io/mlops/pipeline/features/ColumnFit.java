package io.mlops.pipeline.features;

import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.Refinement;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.columns.Column;

/** Learns the steps of one column in one pass over its chunks. */
interface ColumnFit {
    /**
     * Reads one chunk.
     *
     * @param targets gives the sums of {@link TargetSums}; asked for only where the target matters
     */
    void accept(Column<?> column, Supplier<double[]> targets);

    /** What the column becomes. */
    Outcome finish();

    /**
     * What a column becomes.
     *
     * @param recipes one for each block; none where there is nothing to learn from the column
     * @param reason why there are none: {@code constant}; otherwise empty
     */
    record Outcome(List<Recipe> recipes, String reason) {
        static Outcome of(List<Recipe> recipes) {
            return new Outcome(recipes, recipes.isEmpty() ? "constant" : "");
        }

        static Outcome dropped(String reason) {
            return new Outcome(List.of(), reason);
        }
    }

    /** The fitted steps of one block. */
    record Recipe(Encoding encoding, List<Refinement> refinements) {
        static Recipe of(Encoding encoding) {
            return new Recipe(encoding, List.of());
        }
    }
}
