package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one column.
 *
 * @param missing how many cells are missing, junk not counted
 * @param missingTokens the words for missing that occurred, with their counts
 * @param junk how many cells do not have the type of the others
 * @param junkExamples some of them, with their counts
 * @param distinct how many values there are
 * @param distinctExact whether that is exact; otherwise there are about, or at least, so many
 * @param levels the most frequent values with their counts
 * @param min the smallest number, or null where the column has no numbers
 * @param max the largest number, or null where the column has no numbers
 * @param reason why the type was chosen, in words
 */
public record InferredColumn(
        String name,
        ColumnSchema schema,
        Role role,
        long rows,
        long missing,
        Map<String, Long> missingTokens,
        long junk,
        Map<String, Long> junkExamples,
        long distinct,
        boolean distinctExact,
        Map<String, Long> levels,
        @Nullable Double min,
        @Nullable Double max,
        String reason) {
    private static final int SHOWN = 30;
    private static final int EXAMPLES = 5;

    public InferredColumn {
        missingTokens = Collections.unmodifiableMap(new LinkedHashMap<>(missingTokens));
        junkExamples = Collections.unmodifiableMap(new LinkedHashMap<>(junkExamples));
        levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }

    public ColumnType type() {
        return schema.type();
    }

    InferredColumn as(Role other) {
        return new InferredColumn(
                name,
                schema,
                other,
                rows,
                missing,
                missingTokens,
                junk,
                junkExamples,
                distinct,
                distinctExact,
                levels,
                min,
                max,
                reason);
    }

    InferredColumn as(ColumnSchema other, Role otherRole) {
        return new InferredColumn(
                name,
                other,
                otherRole,
                rows,
                missing,
                missingTokens,
                junk,
                junkExamples,
                distinct,
                distinctExact,
                levels,
                min,
                max,
                reason);
    }

    /** The share of cells that are missing or junk. */
    public double unusable() {
        return rows == 0 ? 0 : (double) (missing + junk) / rows;
    }

    /** The column as it looks once its type is chosen. */
    static InferredColumn of(String name, ColumnEvidence evidence, TypeChoice choice) {
        boolean numeric = choice.schema().type().isNumeric();
        boolean text =
                choice.schema().type() == ColumnType.TEXT || choice.schema().type() == ColumnType.IDENTIFIER;
        Map<String, Long> levels = new LinkedHashMap<>();
        if (!text && !evidence.numberLevels.overflown() && !evidence.textLevels.overflown()) {
            evidence.numberLevels
                    .byCount(SHOWN)
                    .forEach((label, count) -> levels.merge(Cells.canonicalLabel(label), count, Long::sum));
            if (!numeric || choice.schema().type() == ColumnType.BOOLEAN) {
                evidence.textLevels
                        .byCount(SHOWN)
                        .forEach((label, count) -> levels.merge(Cells.canonicalLabel(label), count, Long::sum));
            }
        }
        return new InferredColumn(
                name,
                choice.schema(),
                Role.FEATURE,
                evidence.rows,
                evidence.missing(),
                evidence.tokens.byCount(SHOWN),
                choice.junk(),
                choice.junk() == 0 ? Map.of() : evidence.textLevels.byCount(EXAMPLES),
                evidence.distinctCount(),
                evidence.distinctExact(),
                sorted(levels),
                evidence.numbers == 0 ? null : evidence.min,
                evidence.numbers == 0 ? null : evidence.max,
                choice.reason());
    }

    private static Map<String, Long> sorted(Map<String, Long> levels) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        List<Map.Entry<String, Long>> entries = levels.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .toList();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
