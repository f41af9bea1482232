package io.mlops.pipeline.data.source;

import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.nio.file.Path;
import java.util.List;

/** A table of text cells that can be read from the start any number of times. */
public interface Source {
    /** What is read, for messages: {@code data/raw/data.csv}. */
    String name();

    /** The names of the columns, made unique and never empty, in order. */
    List<String> columns();

    /**
     * Reads all rows.
     *
     * @throws io.mlops.pipeline.PipelineException where the source cannot be read to its end, with file and line
     */
    void read(RowHandler handler);

    /** The files behind the source, in the order they are read; none where it is not made of files. */
    default List<Path> files() {
        return List.of();
    }

    /** How the source is written, as far as it is known: completely once it has been read. */
    default FormatSettings format() {
        return FormatSettings.defaults();
    }

    /** What a person should know about how the source is written: completely once it has been read. */
    default List<String> warnings() {
        return List.of();
    }
}
