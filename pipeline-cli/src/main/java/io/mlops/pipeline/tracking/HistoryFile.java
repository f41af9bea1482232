package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only file of history entries, one JSON object a line. An entry counts once its line end is written, so one
 * that was cut off never happened.
 */
record HistoryFile(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    List<HistoryEntry> read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw PipelineException.data("cannot read " + file + ": " + e.getMessage());
        }
        List<HistoryEntry> entries = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                entries.add(parse(new String(bytes, from, i - from, StandardCharsets.UTF_8), entries.size() + 1));
                from = i + 1;
            }
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
        byte[] line = (JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = endOfLastLine(channel);
            try {
                channel.truncate(end);
                ByteBuffer buffer = ByteBuffer.wrap(line);
                for (long at = end; buffer.hasRemaining(); at = end + buffer.position()) {
                    channel.write(buffer, at);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
    }

    /** Where the next line belongs: what a killed process left unfinished is overwritten. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }
}
