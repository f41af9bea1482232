package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cells that violate a rule: their count and the first few. */
final class Offences {
    private long count;
    private final List<Violation.Example> examples = new ArrayList<>();

    /** Whether the next cell still serves as an example. */
    boolean wantsExample() {
        return examples.size() < Violation.EXAMPLES;
    }

    void add(long row, String value) {
        count++;
        if (wantsExample()) {
            examples.add(new Violation.Example(row, value));
        }
    }

    void addMany(long cells) {
        count += cells;
    }

    long count() {
        return count;
    }

    /**
     * The violation, if there were offences.
     *
     * @param what what the cells are, after the number of them: {@code are below the minimum 18}
     */
    Optional<Violation> violation(String column, String rule, long rows, Severity severity, String what) {
        if (count == 0) {
            return Optional.empty();
        }
        double share = rows == 0 ? 0 : (double) count / rows;
        String shown = examples.isEmpty()
                ? ""
                : ": "
                        + examples.stream()
                                .map(each -> "'" + each.value() + "' in row " + each.row())
                                .collect(Collectors.joining(", "))
                        + (count > examples.size() ? ", …" : "");
        String message = String.format(
                Locale.ROOT,
                "column '%s': %,d of %,d cells (%s) %s%s",
                column,
                count,
                rows,
                percent(share),
                what,
                shown);
        return Optional.of(new Violation(column, rule, count, share, examples, severity, message));
    }

    static String percent(double share) {
        return share > 0 && share < 0.0001 ? "< 0.01 %" : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
