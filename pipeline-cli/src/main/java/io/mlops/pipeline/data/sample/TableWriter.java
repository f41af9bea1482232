package io.mlops.pipeline.data.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes a made-up table of any length: blocks of rows are generated in parallel, each from its own draws, and written in
 * order, so that the bytes depend on the seed alone.
 */
public final class TableWriter {
    private static final int BLOCK_ROWS = 4096;

    private TableWriter() {}

    /** Writes the header and the rows; does not close the stream. */
    public static void write(RowGenerator table, long rows, long seed, OutputStream out) throws IOException {
        new CsvBuffer().text(table.header()).character('\n').writeTo(out);
        long blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
        int window = 4 * Runtime.getRuntime().availableProcessors();
        for (long first = 0; first < blocks; first += window) {
            List<CsvBuffer> texts = LongStream.range(first, Math.min(blocks, first + window))
                    .parallel()
                    .mapToObj(block -> block(table, block, rows, seed))
                    .toList();
            for (CsvBuffer text : texts) {
                text.writeTo(out);
            }
        }
        out.flush();
    }

    private static CsvBuffer block(RowGenerator table, long block, long rows, long seed) {
        Draws draws = Draws.of(seed, block);
        CsvBuffer out = new CsvBuffer();
        long end = Math.min(rows, (block + 1) * BLOCK_ROWS);
        for (long row = block * BLOCK_ROWS; row < end; row++) {
            table.row(row, draws, out);
            out.character('\n');
        }
        return out;
    }
}
