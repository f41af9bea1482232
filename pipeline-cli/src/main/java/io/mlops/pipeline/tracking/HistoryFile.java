package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.files.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An append-only file of history entries, one JSON object a line. */
record HistoryFile(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    List<HistoryEntry> read() {
        List<String> lines;
        try {
            lines = new LineFile(file).read();
        } catch (IOException e) {
            throw PipelineException.data("cannot read " + file + ": " + e.getMessage());
        }
        List<HistoryEntry> entries = new ArrayList<>();
        for (String line : lines) {
            entries.add(parse(line, entries.size() + 1));
        }
        return entries;
    }

    private HistoryEntry parse(String line, int number) {
        try {
            HistoryEntry entry = JSON.readValue(line, HistoryEntry.class);
            if (entry != null) {
                return entry;
            }
        } catch (JsonProcessingException e) {
            // Said below, as for any other line.
        }
        throw PipelineException.data(file + ", line " + number
                + " is not an entry of a model's history; restore the file from a backup, or correct the line");
    }

    /** Writes one entry to the disk, or leaves the file as it was; only under the registry's lock. */
    void append(HistoryEntry entry) throws IOException {
        new LineFile(file).append(JSON.writeValueAsString(entry));
    }
}
