package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.typing.RowHash;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Optional;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/**
 * Every value may occur only once.
 *
 * <p>Values are compared by hashes of 64 bits, of which the first {@link #COMPARED} different ones are kept (32 MB); a
 * value is compared with those.
 */
final class UniqueRule implements ColumnRule {
    static final int COMPARED = 3_000_000;

    private final String name;
    private final ColumnSchema column;
    private final LongOpenHashSet seen = new LongOpenHashSet();
    private final Offences offences = new Offences();

    UniqueRule(String name, ColumnSchema column) {
        this.name = name;
        this.column = column;
    }

    @Override
    public void accept(Column<?> cells, LongColumn rowNumbers) {
        long[] hashes = RowHash.cells(cells);
        for (int row = 0; row < hashes.length; row++) {
            if (cells.isMissing(row)) {
                continue;
            }
            boolean known = seen.size() < COMPARED ? !seen.add(hashes[row]) : seen.contains(hashes[row]);
            if (known) {
                offences.add(rowNumbers.getLong(row), offences.wantsExample() ? cells.getString(row) : "");
            }
        }
    }

    @Override
    public Optional<Violation> finish(long rows) {
        String limit = seen.size() < COMPARED
                ? ""
                : String.format(java.util.Locale.ROOT, " (compared with the first %,d values only)", COMPARED);
        return offences.violation(
                name, "unique", rows, column.severity(), "repeat a value that must occur only once" + limit);
    }
}
