package io.mlops.pipeline.data.source;

import io.mlops.pipeline.data.Cells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names in a header, trimmed, never empty and unique.
 *
 * @param names the names to go by
 * @param warnings what was changed, in words
 */
record ColumnNames(List<String> names, List<String> warnings) {
    private static final int NAMED = 5;

    ColumnNames {
        names = List.copyOf(names);
        warnings = List.copyOf(warnings);
    }

    /** The names of a header that was read. */
    static ColumnNames of(List<String> header) {
        Set<String> given = new HashSet<>();
        header.forEach(name -> given.add(Cells.trim(name)));
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            String wanted = Cells.trim(header.get(column));
            boolean empty = wanted.isEmpty();
            String base = empty ? "column_" + (column + 1) : wanted;
            String name = base;
            for (int copy = 2; used.contains(name) || (!name.equals(wanted) && given.contains(name)); copy++) {
                name = base + "_" + copy;
            }
            used.add(name);
            names.add(name);
            if (empty) {
                unnamed.add(name);
            } else if (!name.equals(wanted)) {
                repeated.add("'" + wanted + "' -> '" + name + "'");
            }
        }
        List<String> warnings = new ArrayList<>();
        if (!unnamed.isEmpty()) {
            warnings.add(unnamed.size() + (unnamed.size() == 1 ? " column has" : " columns have")
                    + " no name in the header: called " + some(unnamed));
        }
        if (!repeated.isEmpty()) {
            warnings.add("the header repeats names: " + some(repeated));
        }
        return new ColumnNames(names, warnings);
    }

    /** Names for a table without a header. */
    static ColumnNames numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            names.add("column_" + column);
        }
        return new ColumnNames(
                names,
                List.of("the first line is read as a row: the columns are called column_1 to column_" + columns));
    }

    /**
     * Whether a first line holds data: every cell is a number, and they are no plain series such as years or 0, 1, 2, ...,
     * which can name columns.
     */
    static boolean looksLikeData(List<String> cells) {
        double[] numbers = new double[cells.size()];
        for (int column = 0; column < numbers.length; column++) {
            numbers[column] = Cells.parseNumber(cells.get(column), '.');
            if (Double.isNaN(numbers[column])) {
                return false;
            }
        }
        if (numbers.length < 2) {
            return true;
        }
        double step = numbers[1] - numbers[0];
        for (int column = 0; column < numbers.length; column++) {
            boolean regular = column == 0 || numbers[column] - numbers[column - 1] == step;
            if (!regular || step == 0 || numbers[column] != Math.rint(numbers[column])) {
                return true;
            }
        }
        return false;
    }

    private static String some(List<String> items) {
        String list = String.join(", ", items.subList(0, Math.min(NAMED, items.size())));
        return items.size() > NAMED ? list + " and " + (items.size() - NAMED) + " more" : list;
    }
}
