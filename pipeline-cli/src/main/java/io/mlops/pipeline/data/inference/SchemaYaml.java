package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import java.util.Locale;

/** Writes {@code schema.yaml} for a table: the type of every column, with what was seen in it as comments. */
final class SchemaYaml {
    private static final int MOST_LEVELS = 25;

    private final StringBuilder yaml = new StringBuilder();

    private SchemaYaml() {}

    static String render(Inference inference) {
        SchemaYaml writer = new SchemaYaml();
        writer.line("# How each column is read, and what it may hold; a violation is reported by name, rule and row.");
        writer.line(
                "# Types: number, integer, boolean, category, datetime, text, identifier. Limits are commented out:");
        writer.line("# they are what was seen, not what is allowed.");
        writer.line("columns:");
        inference.columns().forEach(writer::column);
        return writer.yaml.toString();
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    private void column(InferredColumn column) {
        ColumnSchema schema = column.schema();
        line(YamlText.comment(seen(column), "  "));
        line(YamlText.key(column.name(), "  "));
        line("    type: " + schema.type().name().toLowerCase(Locale.ROOT));
        line("    required: " + schema.required());
        if (schema.format() != null) {
            line("    format: " + YamlText.scalar(schema.format()));
        }
        if (!schema.trueValues().isEmpty()) {
            line("    true_values: " + YamlText.list(schema.trueValues()));
            line("    false_values: " + YamlText.list(schema.falseValues()));
        }
        if (column.role() == Role.FEATURE) {
            limits(column);
        }
    }

    private void limits(InferredColumn column) {
        boolean numbers = column.type() == ColumnType.NUMBER || column.type() == ColumnType.INTEGER;
        if (numbers && column.min() != null && column.max() != null) {
            line("    # min: " + Words.exact(column.min()));
            line("    # max: " + Words.exact(column.max()));
        }
        boolean complete = column.levels().size() == column.distinct();
        if (column.type() == ColumnType.CATEGORY && complete && column.distinct() <= MOST_LEVELS) {
            String levels =
                    YamlText.list(column.levels().keySet().stream().sorted().toList());
            line(YamlText.comment("allowed: " + levels, "    "));
        }
    }

    private static String seen(InferredColumn column) {
        StringBuilder seen = new StringBuilder(column.reason());
        if (column.type() == ColumnType.INTEGER || column.type() == ColumnType.NUMBER) {
            seen.append("; ")
                    .append(column.distinctExact() ? "" : "at least ")
                    .append(column.distinct())
                    .append(" different")
                    .append(PipelineYaml.range(column));
        } else if (!column.levels().isEmpty()) {
            seen.append("; ").append(Words.counts(column.levels()));
        }
        if (column.missing() > 0) {
            seen.append("; missing in ")
                    .append(Words.count(column.missing(), "row", "rows"))
                    .append(column.missingTokens().isEmpty() ? "" : ", " + Words.counts(column.missingTokens()));
        }
        if (column.junk() > 0) {
            seen.append("; junk in ")
                    .append(Words.count(column.junk(), "row", "rows"))
                    .append(", ")
                    .append(Words.counts(column.junkExamples()));
        }
        if (column.role() != Role.FEATURE) {
            seen.append("; role: ").append(column.role().name().toLowerCase(Locale.ROOT));
        }
        return seen.toString();
    }
}
