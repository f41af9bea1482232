package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Opens what a location names. */
public final class Sources {
    /** What {@code -} names. */
    public static final String STANDARD_INPUT = "-";

    /** What standard input is called in messages. */
    public static final String STANDARD_INPUT_NAME = "standard input";

    /** Every kind of file that can be read; the first that recognises a file reads it. */
    private static final List<TableFormat> FORMATS = List.of(new CsvFormat());

    private Sources() {}

    /**
     * Opens a file, a folder of files, the files that a glob matches, or standard input.
     *
     * @param location a path, a glob such as {@code data/*.csv.gz}, or {@code -}
     */
    public static Source open(String location, FormatSettings settings) {
        return location.equals(STANDARD_INPUT)
                ? spool(System.in, settings)
                : files(location, FileSet.resolve(location), settings);
    }

    /** Opens a stream, which is kept in a temporary file so that it can be read more than once. */
    static Source spool(InputStream in, FormatSettings settings) {
        String name = STANDARD_INPUT_NAME;
        try {
            Path file = Files.createTempFile("mlops-input-", ".csv");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return new FilesSource(name, List.of(table(InputFile.open(file, name), settings)));
        } catch (IOException e) {
            throw InputFile.failure(name, e);
        }
    }

    private static Source files(String location, List<Path> paths, FormatSettings settings) {
        List<TableFile> tables = new ArrayList<>();
        for (Path path : paths) {
            tables.add(table(InputFile.open(path, path.toString()), settings));
        }
        return new FilesSource(location, tables);
    }

    private static TableFile table(InputFile file, FormatSettings settings) {
        byte[] head = file.head();
        for (TableFormat format : FORMATS) {
            if (format.recognises(head)) {
                return format.open(file, head, settings);
            }
        }
        throw PipelineException.data(
                file.name() + " is " + BinaryKind.of(head)
                        + ", which is not read here: save the table as CSV (text, one row a line), which may be packed with gzip");
    }
}
