package io.mlops.pipeline.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Some rows of a real table.
 *
 * @param learned to learn from
 * @param fresh others, as far as there are any
 */
record RealRows(List<String> header, List<List<String>> learned, List<List<String>> fresh) {
    static RealRows of(Path table, int most) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (InputStream file = Files.newInputStream(table);
                Reader text = new InputStreamReader(
                        table.toString().endsWith(".gz") ? new GZIPInputStream(file) : file, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
            csv.forEach(record -> rows.add(record.getFields()));
        }
        List<String> header = rows.remove(0);
        rows.removeIf(row -> row.size() != header.size());
        Collections.shuffle(rows, new Random(1));
        List<List<String>> learned = rows.subList(0, Math.min(most, rows.size()));
        List<List<String>> others = rows.subList(learned.size(), Math.min(2 * most, rows.size()));
        return new RealRows(header, learned, others.isEmpty() ? learned : others);
    }

    /** Writes them, and a copy of the fresh ones with odd cells. */
    void write(Path folder) throws IOException {
        OddTable.write(folder.resolve("learned.csv"), ',', header, learned);
        OddTable.write(folder.resolve("fresh.csv"), ',', header, fresh);
        OddTable.write(folder.resolve("spoilt.csv"), ',', header, OddTable.spoilt(fresh));
    }
}
