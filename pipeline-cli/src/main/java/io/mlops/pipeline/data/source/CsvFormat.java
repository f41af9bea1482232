package io.mlops.pipeline.data.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text tables: comma, semicolon, tab or bar between cells, found out where the settings do not say. */
final class CsvFormat implements TableFormat {
    @Override
    public boolean recognises(byte[] head) {
        return BinaryKind.of(head) == null;
    }

    @Override
    public TableFile open(InputFile file, byte[] head, FormatSettings settings) {
        TextEncoding encoding = TextEncoding.of(head, settings.encoding());
        CsvDialect dialect = dialect(file, head, encoding, settings);
        List<String> first = firstLine(file, encoding, dialect);
        if (settings.header() == null && ColumnNames.looksLikeData(first)) {
            throw PipelineException.data(file.name() + ", line 1: every cell is a number ("
                    + String.join(", ", first.subList(0, Math.min(5, first.size())))
                    + (first.size() > 5 ? ", ..." : "")
                    + "), so it looks like a row and not like the names of the columns: add a line with names, or set"
                    + " data.format.header to false (there are no names) or true (these are the names)");
        }
        ColumnNames names = dialect.header() ? ColumnNames.of(first) : ColumnNames.numbered(first.size());
        return new CsvFile(file, encoding, dialect, names, settings.decimal());
    }

    private static CsvDialect dialect(InputFile file, byte[] head, TextEncoding encoding, FormatSettings settings) {
        char[] sample = new char[head.length];
        int length = 0;
        try (Reader reader = encoding.reader(new ByteArrayInputStream(head))) {
            for (int count = 0; count >= 0 && length < sample.length; length += Math.max(0, count)) {
                count = reader.read(sample, length, sample.length - length);
            }
        } catch (IOException e) {
            throw CsvFile.failure(file, encoding, 1, e);
        }
        DialectDetector detector = new DialectDetector(sample, length, head.length < InputFile.HEAD);
        Character given = delimiter(settings.delimiter());
        char delimiter = given == null ? detector.delimiter(file.name()) : given;
        return new CsvDialect(
                delimiter, detector.blanksBeforeQuotes(delimiter), settings.header() == null || settings.header());
    }

    private static @Nullable Character delimiter(@Nullable String setting) {
        if (setting == null) {
            return null;
        }
        if (setting.equals("tab") || setting.equals("\\t")) {
            return '\t';
        }
        if (setting.length() != 1
                || setting.charAt(0) == '"'
                || setting.charAt(0) == '\n'
                || setting.charAt(0) == '\r') {
            throw PipelineException.usage(
                    "data.format.delimiter: '" + setting + "' must be one character, such as ; or |, or the word tab");
        }
        return setting.charAt(0);
    }

    private static List<String> firstLine(InputFile file, TextEncoding encoding, CsvDialect dialect) {
        CsvHeader header = new CsvHeader();
        try (InputStream in = file.stream();
                Reader reader = encoding.reader(in);
                CsvReader<List<String>> csv = CsvFile.parser(dialect, header, reader);
                CloseableIterator<List<String>> records = csv.iterator()) {
            if (!records.hasNext()) {
                throw PipelineException.data(file.name() + " holds blank lines only: it has neither a header nor rows");
            }
            List<String> cells = records.next();
            if (header.tooLong()) {
                throw PipelineException.data(file.name() + ", line 1: no header is as long as this line (more than "
                        + CsvHeader.MOST_COLUMNS
                        + " cells, or a name of over 1000 characters): the file is no table, or"
                        + " its line ends are missing");
            }
            return List.copyOf(cells);
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw CsvFile.failure(file, encoding, 1, e);
        }
    }
}
