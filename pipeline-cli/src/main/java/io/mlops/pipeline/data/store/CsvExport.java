package io.mlops.pipeline.data.store;

import io.mlops.pipeline.data.DateTimes;
import io.mlops.pipeline.data.Rows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Writes rows as CSV: comma, a header, quotes where they are needed, an empty cell where a value is missing, whole numbers
 * without a fraction, dates as ISO writes them.
 */
public final class CsvExport {
    private CsvExport() {}

    /** Writes all columns of the rows, as in {@code data.csv}. */
    public static void write(Rows rows, Path file) {
        write(rows, List.copyOf(rows.schema().columns().keySet()), file);
    }

    /** Writes all columns but one, as in {@code X.csv}. */
    public static void writeWithout(Rows rows, String column, Path file) {
        List<String> others = rows.schema().columns().keySet().stream()
                .filter(name -> !name.equals(column))
                .toList();
        write(rows, others, file);
    }

    /** Writes some columns, as in {@code y.csv}. */
    public static void write(Rows rows, List<String> columns, Path file) {
        write(List.of(rows), columns, file);
    }

    /** Writes rows one after the other into one file, which appears when it is complete. */
    public static void write(List<? extends Rows> parts, List<String> columns, Path file) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(partial)) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < columns.size(); i++) {
                    line.append(i == 0 ? "" : ",");
                    appendText(line, columns.get(i));
                }
                out.append(line.append('\n'));
                for (Rows rows : parts) {
                    rows.forEachChunk(chunk -> append(chunk, columns, out));
                }
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void append(Table chunk, List<String> columns, BufferedWriter out) {
        List<Column<?>> cells = columns.stream().<Column<?>>map(chunk::column).toList();
        StringBuilder line = new StringBuilder();
        try {
            for (int row = 0; row < chunk.rowCount(); row++) {
                line.setLength(0);
                for (int i = 0; i < cells.size(); i++) {
                    if (i > 0) {
                        line.append(',');
                    }
                    append(line, cells.get(i), row);
                }
                out.append(line.append('\n'));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(StringBuilder line, Column<?> column, int row) {
        if (column instanceof DoubleColumn numbers) {
            appendNumber(line, numbers.getDouble(row));
        } else if (column instanceof StringColumn texts) {
            appendText(line, texts.get(row));
        } else if (column instanceof DateTimeColumn times) {
            appendTime(line, DateTimes.unpack(times.getLongInternal(row)));
        } else {
            throw new IllegalArgumentException("column '" + column.name() + "' is a " + column.type());
        }
    }

    private static void appendNumber(StringBuilder line, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            line.append((long) value);
        } else if (!Double.isNaN(value)) {
            line.append(value);
        }
    }

    private static void appendTime(StringBuilder line, long millis) {
        if (millis == DateTimes.MISSING) {
            return;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
        line.append(Math.floorMod(millis, 86_400_000L) == 0 ? time.toLocalDate() : time);
    }

    private static void appendText(StringBuilder line, String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        if (plain) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}
