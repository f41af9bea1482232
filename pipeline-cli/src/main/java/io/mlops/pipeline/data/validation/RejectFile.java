package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.store.CsvRecords;
import io.mlops.pipeline.data.typing.Reject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the rows that cannot be used to {@code rejected.csv}, and counts them by reason. */
public final class RejectFile implements Closeable {
    private final CsvRecords csv;
    private final Map<Reject.Reason, Long> counts = new LinkedHashMap<>();

    public RejectFile(Path path) {
        csv = new CsvRecords(path);
        csv.write("row", "line", "reason", "column", "value");
        for (Reject.Reason reason : Reject.Reason.values()) {
            counts.put(reason, 0L);
        }
    }

    public void add(Reject reject) {
        counts.merge(reject.reason(), 1L, Long::sum);
        String column = reject.column();
        csv.write(
                Long.toString(reject.row()),
                Long.toString(reject.line()),
                reject.reason().text(),
                column == null ? "" : column,
                reject.value());
    }

    /** How many rows each reason rejected, by its name; reasons without rows are left out. */
    public Map<String, Long> counts() {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((reason, count) -> {
            if (count > 0) {
                named.put(reason.name().toLowerCase(Locale.ROOT), count);
            }
        });
        return named;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
