package io.mlops.pipeline.data.source;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.mlops.pipeline.data.Cells;
import org.jspecify.annotations.Nullable;

/** Hands the cells of a parser on without making strings of them; leaves out the header and rows of blanks. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Void> {
    private static final char[] NOTHING = {};

    private final RowHandler handler;
    private final int columns;
    private boolean header;
    private boolean blankStart;
    private long row;
    private long line;

    CsvRows(RowHandler handler, int columns, boolean header, long rowsBefore) {
        this.handler = handler;
        this.columns = columns;
        this.header = header;
        this.row = rowsBefore;
    }

    /** The number of the last row. */
    long row() {
        return row;
    }

    /** The line on which the row being read started. */
    long line() {
        return line;
    }

    @Override
    protected void handleBegin(long startingLine) {
        line = startingLine;
        blankStart = false;
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (header) {
            return;
        }
        if (column == 0) {
            // A line of blanks is no row, which shows only at its end.
            blankStart = columns > 1 && Cells.trimStart(buffer, offset, offset + length) == offset + length;
            if (blankStart) {
                return;
            }
        } else if (blankStart) {
            blankStart = false;
            handler.cell(0, NOTHING, 0, 0, false);
        }
        handler.cell(column, buffer, offset, length, quoted);
    }

    @Override
    protected @Nullable Void buildRecord() {
        if (getRecordType() == RecordType.EMPTY || blankStart) {
            return null;
        }
        if (header) {
            header = false;
            return null;
        }
        row++;
        handler.endRow(row, line, getFieldCount());
        return null;
    }
}
