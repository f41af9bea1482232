package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.ColumnSchema;
import java.util.Optional;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** Counts missing cells; where the schema bounds their share, more of them are a violation. */
final class MissingRule implements ColumnRule {
    private final String name;
    private final ColumnSchema column;
    private final Offences offences = new Offences();

    MissingRule(String name, ColumnSchema column) {
        this.name = name;
        this.column = column;
    }

    @Override
    public void accept(Column<?> cells, LongColumn rowNumbers) {
        offences.addMany(cells.countMissing());
    }

    long count() {
        return offences.count();
    }

    @Override
    public Optional<Violation> finish(long rows) {
        Double most = column.maxMissing();
        if (most == null || offences.count() <= most * rows) {
            return Optional.empty();
        }
        return offences.violation(
                name,
                "max_missing",
                rows,
                column.severity(),
                "are missing; at most " + Offences.percent(most) + " may be");
    }
}
