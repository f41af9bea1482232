package io.mlops.pipeline.data.source;

import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.util.List;

/** One file that holds a table. */
interface TableFile {
    InputFile file();

    List<String> columns();

    /**
     * Reads all rows.
     *
     * @param rowsBefore how many rows the files before this one had
     * @return how many rows this one has
     */
    long read(RowHandler handler, long rowsBefore);

    FormatSettings format();

    List<String> warnings();
}
