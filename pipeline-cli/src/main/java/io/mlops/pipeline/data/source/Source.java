package io.mlops.pipeline.data.source;

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
}
