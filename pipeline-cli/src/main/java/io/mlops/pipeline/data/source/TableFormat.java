package io.mlops.pipeline.data.source;

import io.mlops.pipeline.data.DataSettings.FormatSettings;

/** A kind of file that holds a table. */
interface TableFormat {
    /** Whether a file that starts with these bytes, unpacked, is of this kind. */
    boolean recognises(byte[] head);

    /** Reads what is needed to know the columns. */
    TableFile open(InputFile file, byte[] head, FormatSettings settings);
}
