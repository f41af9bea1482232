package io.mlops.pipeline.data.source;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.mlops.pipeline.data.Cells;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the cells of the first line that is not blank. */
final class CsvHeader extends AbstractBaseCsvCallbackHandler<List<String>> {
    /** More columns than any table has that a person made. */
    static final int MOST_COLUMNS = 100_000;

    private static final int LONGEST_NAME = 1_000;

    private final List<String> cells = new ArrayList<>();
    private boolean tooLong;

    /** Whether the line cannot be a header, because of its length. */
    boolean tooLong() {
        return tooLong;
    }

    @Override
    protected void handleBegin(long startingLine) {
        cells.clear();
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
        tooLong = tooLong || column >= MOST_COLUMNS || length > LONGEST_NAME;
        if (!tooLong) {
            cells.add(new String(buffer, offset, length));
        }
    }

    @Override
    protected @Nullable List<String> buildRecord() {
        boolean blank = getRecordType() == RecordType.EMPTY
                || (cells.size() == 1 && Cells.trim(cells.get(0)).isEmpty());
        return blank && !tooLong ? null : cells;
    }
}
