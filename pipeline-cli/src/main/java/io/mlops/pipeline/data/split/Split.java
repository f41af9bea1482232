package io.mlops.pipeline.data.split;

import tech.tablesaw.api.Table;

/** Which rows are set aside. */
@FunctionalInterface
public interface Split {
    /** Sets no row aside. */
    Split NONE = chunk -> new boolean[chunk.rowCount()];

    /** For each row of a chunk whether it is a test row. */
    boolean[] isTest(Table chunk);
}
