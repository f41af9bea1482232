package io.mlops.pipeline.data.validation;

import java.util.Map;

/**
 * What is known of a table once it is read.
 *
 * @param rowsRead all rows
 * @param rows the usable ones
 * @param duplicates how many of them repeat an earlier one, target included, identifiers left out
 * @param classes how many rows have each label; empty where the target is a number
 * @param cells how many cells the usable rows have
 * @param missing how many of the cells are missing
 * @param junk how many of the cells are junk
 */
public record TableFacts(
        long rowsRead, long rows, long duplicates, Map<String, Long> classes, long cells, long missing, long junk) {
    double rejectedShare() {
        return share(rowsRead - rows, rowsRead);
    }

    double duplicateShare() {
        return share(duplicates, rows);
    }

    double missingShare() {
        return share(missing, cells);
    }

    double junkShare() {
        return share(junk, cells);
    }

    double rarestClassShare() {
        return classes.values().stream()
                .mapToDouble(count -> share(count, rows))
                .min()
                .orElse(1);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
