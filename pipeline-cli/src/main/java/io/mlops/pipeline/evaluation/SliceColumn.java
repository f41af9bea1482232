package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.ColumnValues;
import io.mlops.pipeline.data.Rows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/**
 * The part of the rows that each row belongs to, by one column.
 *
 * @param codes the index of each row's label
 * @param labels the parts: categories, or ranges of numbers
 */
public record SliceColumn(String name, int[] codes, List<String> labels) {
    /** The most categories that are told apart; the rarer ones are one slice. */
    static final int CATEGORIES = 20;

    /** How many ranges of about equally many rows numbers are put in. */
    static final int RANGES = 5;

    static final String MISSING = "(missing)";
    static final String OTHER = "(other)";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    public SliceColumn {
        labels = List.copyOf(labels);
    }

    /**
     * Slices rows by a column of theirs.
     *
     * @throws PipelineException where there is no such column
     */
    public static SliceColumn read(Rows rows, String column) {
        if (!rows.schema().columns().containsKey(column)) {
            throw PipelineException.usage("evaluate.slices: there is no column '" + column + "'; the columns are "
                    + String.join(", ", rows.schema().columns().keySet()));
        }
        ColumnType type = rows.schema().column(column).type();
        return switch (type) {
            case NUMBER, INTEGER -> ofNumbers(column, ColumnValues.numbers(rows, column), SliceColumn::plain);
            case DATETIME ->
                ofNumbers(
                        column,
                        ColumnValues.numbers(rows, column),
                        seconds -> DAY.format(Instant.ofEpochSecond((long) seconds)));
            case BOOLEAN -> ofFlags(column, ColumnValues.numbers(rows, column));
            case CATEGORY, TEXT, IDENTIFIER -> ofCategories(column, ColumnValues.texts(rows, column));
        };
    }

    /** Slices by category, the most frequent first; the empty text is missing. */
    static SliceColumn ofCategories(String name, String[] values) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String value : values) {
            counts.merge(value.isEmpty() ? MISSING : value, 1, Integer::sum);
        }
        List<String> labels = new ArrayList<>(counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(CATEGORIES)
                .map(Map.Entry::getKey)
                .toList());
        if (counts.size() > CATEGORIES) {
            labels.add(OTHER);
        }
        Map<String, Integer> codeOf = new LinkedHashMap<>();
        labels.forEach(label -> codeOf.putIfAbsent(label, codeOf.size()));
        int[] codes = new int[values.length];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codeOf.getOrDefault(values[row].isEmpty() ? MISSING : values[row], labels.size() - 1);
        }
        return new SliceColumn(name, codes, labels);
    }

    /** Slices by range, ascending; NaN is missing. */
    static SliceColumn ofNumbers(String name, double[] values, DoubleFunction<String> label) {
        int[] present = new int[values.length];
        int count = 0;
        for (int row = 0; row < values.length; row++) {
            if (!Double.isNaN(values[row])) {
                present[count++] = row;
            }
        }
        double[] descending = new double[count];
        for (int i = 0; i < count; i++) {
            descending[i] = -values[present[i]];
        }
        Ranking ranking = Ranking.of(descending, 0, 1, count);
        int[] codes = new int[values.length];
        List<String> labels = new ArrayList<>();
        int position = 0;
        for (int end : ranking.bins(RANGES)) {
            double least = values[present[ranking.rows()[position]]];
            double most = values[present[ranking.rows()[end - 1]]];
            for (; position < end; position++) {
                codes[present[ranking.rows()[position]]] = labels.size();
            }
            String from = label.apply(least);
            String to = label.apply(most);
            labels.add(from.equals(to) ? from : from + " to " + to);
        }
        return withMissing(name, codes, labels, values);
    }

    private static SliceColumn ofFlags(String name, double[] values) {
        int[] codes = new int[values.length];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = values[row] > 0 ? 1 : 0;
        }
        return withMissing(name, codes, new ArrayList<>(List.of("false", "true")), values);
    }

    private static SliceColumn withMissing(String name, int[] codes, List<String> labels, double[] values) {
        for (int row = 0; row < codes.length; row++) {
            if (Double.isNaN(values[row])) {
                codes[row] = labels.size();
            }
        }
        labels.add(MISSING);
        return new SliceColumn(name, codes, labels);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
