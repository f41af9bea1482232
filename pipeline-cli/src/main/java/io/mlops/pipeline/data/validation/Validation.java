package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.typing.JunkCells;
import java.util.List;
import java.util.Map;

/**
 * What the gate found; {@code validation.json}.
 *
 * @param verdict {@code pass}, {@code warn} or {@code fail}
 * @param rejected how many rows cannot be used, by reason
 * @param junk the cells that are not of their column's type and count as missing
 * @param missing how many cells of each column are missing, junk included
 */
public record Validation(
        String verdict,
        long rowsRead,
        long rowsUsable,
        long duplicates,
        Map<String, Long> rejected,
        Map<String, JunkCells> junk,
        Map<String, Long> missing,
        List<Violation> violations) {
    /** The verdict that follows from violations. */
    public static String verdict(List<Violation> violations) {
        if (violations.stream().anyMatch(each -> each.severity() == Severity.FAIL)) {
            return "fail";
        }
        return violations.isEmpty() ? "pass" : "warn";
    }

    public List<Violation> failures() {
        return violations.stream()
                .filter(each -> each.severity() == Severity.FAIL)
                .toList();
    }

    public List<Violation> warnings() {
        return violations.stream()
                .filter(each -> each.severity() == Severity.WARN)
                .toList();
    }
}
