package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.ColumnSchema;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Only the categories that the schema allows may occur. */
final class AllowedRule implements ColumnRule {
    private final String name;
    private final ColumnSchema column;
    private final Set<String> allowed;
    private final Offences offences = new Offences();

    AllowedRule(String name, ColumnSchema column) {
        this.name = name;
        this.column = column;
        this.allowed = column.allowed().stream().map(Cells::canonicalLabel).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void accept(Column<?> cells, LongColumn rowNumbers) {
        CategoryCodes texts = CategoryCodes.of((StringColumn) cells);
        boolean[] refused = new boolean[texts.levels().size()];
        boolean any = false;
        for (int code = 0; code < refused.length; code++) {
            refused[code] = !allowed.contains(texts.levels().get(code));
            any |= refused[code];
        }
        for (int row = 0; any && row < texts.codes().length; row++) {
            int code = texts.codes()[row];
            if (code != CategoryCodes.MISSING && refused[code]) {
                offences.add(rowNumbers.getLong(row), texts.levels().get(code));
            }
        }
    }

    @Override
    public Optional<Violation> finish(long rows) {
        return offences.violation(
                name,
                "allowed",
                rows,
                column.severity(),
                "are not among the " + allowed.size() + " allowed categories");
    }
}
