package io.mlops.pipeline.data.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A text file with one row a line and a delimiter between cells. */
final class CsvFile implements TableFile {
    /** The longest cell, in characters: what is longer is a quote that nobody closed, or no table. */
    static final int LONGEST_CELL = 1 << 23;

    private final InputFile file;
    private final TextEncoding encoding;
    private final CsvDialect dialect;
    private final ColumnNames names;
    private final String decimal;
    private volatile long sequences;
    private volatile long strays;

    CsvFile(InputFile file, TextEncoding encoding, CsvDialect dialect, ColumnNames names, String decimal) {
        this.file = file;
        this.encoding = encoding;
        this.dialect = dialect;
        this.names = names;
        this.decimal = decimal;
    }

    @Override
    public InputFile file() {
        return file;
    }

    @Override
    public List<String> columns() {
        return names.names();
    }

    @Override
    public FormatSettings format() {
        String label = strays > 0 && sequences == 0 ? "windows-1252" : encoding.label();
        String delimiter = dialect.delimiter() == '\t' ? "tab" : String.valueOf(dialect.delimiter());
        return new FormatSettings(delimiter, label, dialect.header(), decimal);
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(names.warnings());
        if (strays > 0 && sequences == 0) {
            warnings.add(file.name() + " is not UTF-8: read as Windows-1252 (" + strays
                    + " characters beyond ASCII); set data.format.encoding if that is wrong");
        } else if (strays > 0) {
            warnings.add(file.name() + " mixes encodings: " + sequences + " characters are UTF-8, " + strays
                    + " bytes are not and were read as Windows-1252");
        }
        return List.copyOf(warnings);
    }

    @Override
    public long read(RowHandler handler, long rowsBefore) {
        CsvRows rows = new CsvRows(handler, columns().size(), dialect.header(), rowsBefore);
        try (InputStream in = file.stream();
                Reader reader = encoding.reader(in);
                CsvReader<Void> csv = parser(dialect, rows, reader);
                CloseableIterator<Void> records = csv.iterator()) {
            if (records.hasNext()) {
                throw new IllegalStateException("the parser stopped before the end");
            }
            if (reader instanceof LenientUtf8Reader text) {
                sequences = text.sequences();
                strays = text.strays();
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw failure(file, encoding, rows.line(), e);
        }
        file.checkUnchanged();
        return rows.row() - rowsBefore;
    }

    /**
     * A parser of a dialect. One stray quote must not stop a daily run: what follows a closing quote stays in its cell,
     * and where that changes the number of cells the row is rejected later.
     */
    @SuppressWarnings("removal")
    static <T> CsvReader<T> parser(CsvDialect dialect, CsvCallbackHandler<T> handler, Reader reader) {
        return CsvReader.builder()
                .fieldSeparator(dialect.delimiter())
                .trimWhitespacesAroundQuotes(dialect.blanksBeforeQuotes())
                .allowExtraCharsAfterClosingQuote(!dialect.blanksBeforeQuotes())
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_CELL)
                .build(handler, reader);
    }

    /** What a person should hear of a failure to parse; an exception of the handler is handed on as it was. */
    static RuntimeException failure(InputFile file, TextEncoding encoding, long line, Exception e) {
        if (e instanceof CsvParseException) {
            if (e.getCause() instanceof RuntimeException cause) {
                return cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            return malformed(file.name(), line, e);
        }
        IOException cause = e instanceof IOException direct
                ? direct
                : e.getCause() instanceof IOException wrapped ? wrapped : new IOException(e);
        if (cause instanceof NulByteException nul) {
            return new PipelineException(
                    PipelineException.Kind.DATA,
                    file.name() + ", line " + line(file, encoding, nul.offset())
                            + ": a NUL character, which no text has: the file is damaged, binary, or UTF-16"
                            + " (then set data.format.encoding: utf-16le)",
                    nul);
        }
        return InputFile.failure(file.name(), cause);
    }

    private static PipelineException malformed(String name, long line, Exception e) {
        String reason = String.valueOf(e.getMessage());
        String message;
        if (reason.contains("Unclosed")) {
            message = "a quote (\") that is opened in the row starting here is never closed: close it, or double it if"
                    + " it is part of the text";
        } else if (reason.contains("buffer size")) {
            message = "a cell of the row starting here is longer than " + LONGEST_CELL / 1_000_000
                    + " million characters: a quote (\") may be open, or the file is no table";
        } else {
            message = "the row starting here cannot be read: " + reason;
        }
        return new PipelineException(PipelineException.Kind.DATA, name + ", line " + line + ": " + message, e);
    }

    private static long line(InputFile file, TextEncoding encoding, long offset) {
        long line = 1;
        try (InputStream in = file.stream()) {
            in.skipNBytes(encoding.mark());
            Reader reader = new InputStreamReader(
                    in, encoding.charset() == null ? StandardCharsets.ISO_8859_1 : encoding.charset());
            char[] buffer = new char[1 << 14];
            long left = offset;
            for (int count = 0; left > 0 && count >= 0; left -= count) {
                count = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
                for (int i = 0; i < count; i++) {
                    line += buffer[i] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw InputFile.failure(file.name(), e);
        }
        return line;
    }
}
