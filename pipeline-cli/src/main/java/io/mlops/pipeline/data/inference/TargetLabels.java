package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Cells;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a target in their one spelling, with their counts: those that can be learned, and the others.
 *
 * @param kept the labels that count, the most frequent first
 * @param rejected the labels whose rows are rejected, the most frequent first
 * @param rows how many rows have a label at all
 */
record TargetLabels(Map<String, Long> kept, Map<String, Long> rejected, long rows) {
    /** A label in fewer rows than this cannot stand in training, validation and test rows of a table of this size. */
    private static final int FEWEST_ROWS = 5;

    private static final int FEWEST_ROWS_OF_FEW = 2;
    private static final int FEW_ROWS = 100;

    /** Divides the labels of a column; where the settings name the labels that count, only those are kept. */
    static TargetLabels of(ColumnEvidence evidence, Collection<String> wanted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        evidence.numberLevels
                .byCount(Integer.MAX_VALUE)
                .forEach((label, count) -> counts.merge(Cells.canonicalLabel(label), count, Long::sum));
        evidence.textLevels
                .byCount(Integer.MAX_VALUE)
                .forEach((label, count) -> counts.merge(Cells.canonicalLabel(label), count, Long::sum));
        long rows = evidence.present();
        boolean wordsAreJunk = evidence.texts < 0.05 * rows;
        boolean numbersAreJunk = evidence.numbers < 0.05 * rows;
        long fewest = rows < FEW_ROWS ? FEWEST_ROWS_OF_FEW : FEWEST_ROWS;
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey));
        Map<String, Long> kept = new LinkedHashMap<>();
        Map<String, Long> rejected = new LinkedHashMap<>();
        for (Map.Entry<String, Long> entry : sorted) {
            String label = entry.getKey();
            boolean junk = isNumber(label) ? numbersAreJunk : wordsAreJunk;
            boolean keep = wanted.isEmpty() ? !junk && entry.getValue() >= fewest : wanted.contains(label);
            (keep ? kept : rejected).put(label, entry.getValue());
        }
        return new TargetLabels(kept, rejected, rows);
    }

    static boolean isNumber(String label) {
        return !Double.isNaN(Cells.parseNumber(label, '.'));
    }

    /** The share of labelled rows whose label is kept. */
    double coverage() {
        return rows == 0
                ? 0
                : (double) kept.values().stream().mapToLong(Long::longValue).sum() / rows;
    }

    /** Whether every kept label is a whole number. */
    boolean whole() {
        return kept.keySet().stream().allMatch(label -> {
            double value = Cells.parseNumber(label, '.');
            return value == Math.rint(value);
        });
    }

    /** The kept labels in their order in a model: numbers by value, then words by name. */
    List<String> ordered() {
        return kept.keySet().stream()
                .sorted(Comparator.comparingDouble((String label) -> {
                            double value = Cells.parseNumber(label, '.');
                            return Double.isNaN(value) ? Double.MAX_VALUE : value;
                        })
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The kept label with the fewest rows. */
    String rarest() {
        return kept.entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }
}
