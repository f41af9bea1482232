package io.mlops.pipeline.data;

import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * Typed, clean rows that can be read any number of times, as Tablesaw tables of bounded size.
 *
 * <p>A chunk has one Tablesaw column for each column of the schema, of the kind that {@link ColumnType} names, and the two
 * columns {@link #NUMBER} and {@link #HASH}. The target of a classification is a {@code StringColumn} of canonical
 * labels, that of a regression a {@code DoubleColumn}; it is never missing.
 */
public interface Rows {
    /** The most rows a chunk has. */
    int CHUNK = 16_384;

    /** A {@code LongColumn}: the row's number in what was read, from 1 on, the header not counted. */
    String NUMBER = "#row";

    /** A {@code LongColumn}: a hash of the row's content, equal for equal rows, whatever their order. */
    String HASH = "#hash";

    TableSchema schema();

    /** How many rows there are. */
    long count();

    /** Hands over every chunk, in the order of the rows, on the calling thread. */
    void forEachChunk(Consumer<Table> consumer);

    /** All rows as one table; for rows that are known to fit. */
    default Table readAll() {
        Table all = Table.create();
        forEachChunk(chunk -> {
            if (all.columnCount() == 0) {
                chunk.columns().forEach(column -> ChunkColumns.add(all, column.copy()));
            } else {
                ChunkColumns.append(all, chunk);
            }
        });
        if (all.columnCount() == 0) {
            throw new IllegalStateException("there are no rows");
        }
        return all;
    }
}
