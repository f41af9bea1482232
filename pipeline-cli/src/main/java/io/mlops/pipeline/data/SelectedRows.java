package io.mlops.pipeline.data;

import java.util.Arrays;
import java.util.function.Consumer;
import tech.tablesaw.api.Table;

/**
 * Some of other rows, in their order, without a copy of them.
 *
 * @param selected the indexes of the rows, from 0, ascending
 */
public record SelectedRows(Rows rows, int[] selected) implements Rows {
    @Override
    public TableSchema schema() {
        return rows.schema();
    }

    @Override
    public long count() {
        return selected.length;
    }

    @Override
    public void forEachChunk(Consumer<Table> consumer) {
        int[] state = {0, 0};
        rows.forEachChunk(chunk -> {
            int offset = state[0];
            int from = state[1];
            int end = offset + chunk.rowCount();
            int to = from;
            while (to < selected.length && selected[to] < end) {
                to++;
            }
            if (to - from == chunk.rowCount()) {
                consumer.accept(chunk);
            } else if (to > from) {
                consumer.accept(ChunkRows.select(
                        chunk,
                        Arrays.stream(selected, from, to)
                                .map(row -> row - offset)
                                .toArray()));
            }
            state[0] = end;
            state[1] = to;
        });
    }
}
