package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.typing.JunkCells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Holds every chunk against the rules that the schema sets for its columns. */
public final class ColumnRules {
    /** From this share of junk on, a column is not of its type any more. */
    private static final double MOST_JUNK = 0.5;

    private final TableSchema schema;
    private final Map<String, List<ColumnRule>> rules = new LinkedHashMap<>();
    private final Map<String, MissingRule> missing = new LinkedHashMap<>();

    public ColumnRules(TableSchema schema) {
        this.schema = schema;
        schema.columns().forEach((name, column) -> {
            MissingRule missingCells = new MissingRule(name, column);
            missing.put(name, missingCells);
            List<ColumnRule> ofColumn = new ArrayList<>();
            ofColumn.add(missingCells);
            addRules(name, column, ofColumn);
            rules.put(name, ofColumn);
        });
    }

    private static void addRules(String name, ColumnSchema column, List<ColumnRule> rules) {
        boolean text = !column.type().isNumeric() && column.type() != ColumnType.DATETIME;
        if (text && !column.allowed().isEmpty()) {
            rules.add(new AllowedRule(name, column));
        }
        Double min = column.min();
        if (min != null && column.type().isNumeric()) {
            rules.add(BoundRule.min(name, min, column.severity()));
        }
        Double max = column.max();
        if (max != null && column.type().isNumeric()) {
            rules.add(BoundRule.max(name, max, column.severity()));
        }
        if (column.type() == ColumnType.INTEGER) {
            rules.add(BoundRule.whole(name));
        }
        if (column.unique()) {
            rules.add(new UniqueRule(name, column));
        }
    }

    /** Looks at the rows of a chunk. */
    public void accept(Table chunk) {
        Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
        LongColumn numbers = chunk.longColumn(Rows.NUMBER);
        rules.forEach((name, ofColumn) -> {
            Column<?> cells = Objects.requireNonNull(columns.get(name), name);
            ofColumn.forEach(rule -> rule.accept(cells, numbers));
        });
    }

    /** How many cells of each column are missing. */
    public Map<String, Long> missing() {
        Map<String, Long> counts = new LinkedHashMap<>();
        missing.forEach((name, rule) -> counts.put(name, rule.count()));
        return counts;
    }

    /**
     * What the rows violate.
     *
     * @param rows how many rows there were
     * @param junk the cells that are not of their column's type
     */
    public List<Violation> finish(long rows, Map<String, JunkCells> junk) {
        List<Violation> violations = new ArrayList<>();
        rules.forEach((name, ofColumn) -> {
            JunkCells cells = junk.get(name);
            if (cells != null) {
                violations.add(typeViolation(name, cells, rows));
            }
            ofColumn.forEach(rule -> rule.finish(rows).ifPresent(violations::add));
        });
        return violations;
    }

    private Violation typeViolation(String name, JunkCells cells, long rows) {
        ColumnSchema column = schema.column(name);
        long present =
                rows - missing.getOrDefault(name, new MissingRule(name, column)).count() + cells.count();
        boolean lost = cells.count() > MOST_JUNK * present;
        Offences offences = new Offences();
        cells.examples().forEach(example -> offences.add(example.row(), example.value()));
        offences.addMany(cells.count() - offences.count());
        String type = column.type().name().toLowerCase(java.util.Locale.ROOT);
        String what = "are not of type " + type + " and count as missing"
                + (lost ? ": more than half of those that hold something, so the column is not what it was" : "");
        return offences.violation(name, "type", rows, lost ? column.severity() : Severity.WARN, what)
                .orElseThrow();
    }
}
