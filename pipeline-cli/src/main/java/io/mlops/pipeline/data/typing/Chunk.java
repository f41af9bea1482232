package io.mlops.pipeline.data.typing;

import java.util.List;
import tech.tablesaw.api.Table;

/**
 * Some consecutive rows of a source.
 *
 * @param rows the usable ones, as {@link io.mlops.pipeline.data.Rows} describes a chunk; may be none
 * @param rejects those that cannot be used, in order
 */
public record Chunk(Table rows, List<Reject> rejects) {
    /** Rows that are all usable. */
    public static Chunk of(Table rows) {
        return new Chunk(rows, List.of());
    }

    /** How many usable rows there are. */
    public int size() {
        return rows.rowCount();
    }
}
