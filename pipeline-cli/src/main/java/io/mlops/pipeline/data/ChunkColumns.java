package io.mlops.pipeline.data;

import java.util.HashMap;
import java.util.Map;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The columns of a chunk by their exact names.
 *
 * <p>Tablesaw ignores case, and compares a name with every other one each time a column is added or asked for, which takes
 * a table of thousands of columns longer than all else.
 */
public final class ChunkColumns {
    private ChunkColumns() {}

    /** Adds a column whose name the chunk does not have yet. */
    public static void add(Table chunk, Column<?> column) {
        chunk.internalAddWithoutValidation(column);
    }

    /** Adds the rows of a chunk that has the same columns. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    public static void append(Table all, Table chunk) {
        Map<String, Column<?>> columns = byName(chunk);
        for (Column column : all.columns()) {
            column.append(columns.get(column.name()));
        }
    }

    /** All columns, for those who ask for many. */
    public static Map<String, Column<?>> byName(Table chunk) {
        Map<String, Column<?>> columns = new HashMap<>();
        chunk.columns().forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    /** One column. */
    public static Column<?> named(Table chunk, String name) {
        for (Column<?> column : chunk.columns()) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        throw new IllegalStateException("no column '" + name + "' in the chunk");
    }
}
