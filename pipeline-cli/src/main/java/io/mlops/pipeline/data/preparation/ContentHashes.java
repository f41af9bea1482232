package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.typing.RowHash;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;
import tech.tablesaw.api.Table;

/** A hash of every row, target included: eight bytes a row, to find copies of rows. */
final class ContentHashes {
    private final String target;
    private final LongArrayList hashes = new LongArrayList();

    ContentHashes(String target) {
        this.target = target;
    }

    void accept(Table chunk) {
        hashes.addElements(hashes.size(), of(chunk));
    }

    private long[] of(Table chunk) {
        long[] rows = chunk.longColumn(Rows.HASH).asLongArray();
        RowHash.mix(rows, ChunkColumns.named(chunk, target));
        return rows;
    }

    /** How many rows repeat an earlier one; no more rows are accepted. */
    long duplicates() {
        long[] sorted = hashes.elements();
        Arrays.sort(sorted, 0, hashes.size());
        long repeated = 0;
        for (int i = 1; i < hashes.size(); i++) {
            repeated += sorted[i] == sorted[i - 1] ? 1 : 0;
        }
        return repeated;
    }

    /** How many rows of a chunk are copies of the rows that were counted by {@link #duplicates}. */
    long copies(Table chunk) {
        return Arrays.stream(of(chunk))
                .filter(hash -> Arrays.binarySearch(hashes.elements(), 0, hashes.size(), hash) >= 0)
                .count();
    }
}
