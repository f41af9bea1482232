package io.mlops.pipeline.data.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes texts as the lines of a CSV file: comma, quotes where they are needed, line feeds. */
public final class CsvRecords implements Closeable {
    private final CsvWriter csv;

    public CsvRecords(Path file) {
        try {
            csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    public void write(String... cells) {
        csv.writeRecord(cells);
    }

    public void write(Iterable<String> cells) {
        csv.writeRecord(cells);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
