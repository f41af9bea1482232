package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.Severity;
import java.util.Optional;
import java.util.function.DoublePredicate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** Numbers must not be what a condition says; a missing one never is. */
final class BoundRule implements ColumnRule {
    private final String name;
    private final String rule;
    private final Severity severity;
    private final DoublePredicate refused;
    private final String what;
    private final Offences offences = new Offences();

    private BoundRule(String name, String rule, Severity severity, DoublePredicate refused, String what) {
        this.name = name;
        this.rule = rule;
        this.severity = severity;
        this.refused = refused;
        this.what = what;
    }

    static BoundRule min(String name, double min, Severity severity) {
        return new BoundRule(name, "min", severity, value -> value < min, "are below the minimum " + Numbers.text(min));
    }

    static BoundRule max(String name, double max, Severity severity) {
        return new BoundRule(name, "max", severity, value -> value > max, "are above the maximum " + Numbers.text(max));
    }

    /** Only warns, because a fraction among whole numbers is still a number. */
    static BoundRule whole(String name) {
        return new BoundRule(
                name,
                "integer",
                Severity.WARN,
                value -> !Double.isNaN(value) && value != Math.rint(value),
                "are no whole numbers");
    }

    @Override
    public void accept(Column<?> cells, LongColumn rowNumbers) {
        DoubleColumn numbers = (DoubleColumn) cells;
        for (int row = 0; row < numbers.size(); row++) {
            double value = numbers.getDouble(row);
            if (refused.test(value)) {
                offences.add(rowNumbers.getLong(row), offences.wantsExample() ? Numbers.text(value) : "");
            }
        }
    }

    @Override
    public Optional<Violation> finish(long rows) {
        return offences.violation(name, rule, rows, severity, what);
    }
}
