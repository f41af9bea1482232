package io.mlops.pipeline.data.validation;

import java.util.Optional;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** Watches one column for one rule. */
interface ColumnRule {
    /** Looks at the cells of a chunk. */
    void accept(Column<?> cells, LongColumn rowNumbers);

    /** What was found in all the rows, if anything was. */
    Optional<Violation> finish(long rows);
}
