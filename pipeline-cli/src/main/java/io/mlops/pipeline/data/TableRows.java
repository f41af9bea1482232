package io.mlops.pipeline.data;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** Rows held in memory. */
public record TableRows(TableSchema schema, Table table) implements Rows {
    @Override
    public long count() {
        return table.rowCount();
    }

    @Override
    public void forEachChunk(Consumer<Table> consumer) {
        int rows = table.rowCount();
        if (rows > 0 && rows <= CHUNK) {
            consumer.accept(table);
            return;
        }
        for (int from = 0; from < rows; from += CHUNK) {
            consumer.accept(ChunkRows.select(
                    table, IntStream.range(from, Math.min(rows, from + CHUNK)).toArray()));
        }
    }

    @Override
    public Table readAll() {
        return table;
    }

    /** The given rows of these, in the given order. */
    public TableRows select(int[] rows) {
        return new TableRows(schema, ChunkRows.select(table, rows));
    }
}
