package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Tells a person at a terminal what a table holds and what was decided. */
public final class InferenceText {
    private static final int MOST_COLUMNS = 60;
    private static final int MOST_ALIKE = 3;
    private static final int WIDEST = 32;

    private InferenceText() {}

    /** The summary, of several lines. */
    public static String of(Inference inference) {
        StringBuilder text = new StringBuilder();
        text.append(plain(inference.source(), 200))
                .append(": ")
                .append(Words.count(inference.rows(), "row", "rows"))
                .append(", ")
                .append(Words.count(inference.columns().size(), "column", "columns"))
                .append("\n");
        text.append(target(inference)).append("\n\n");
        text.append(columns(inference));
        text.append(findings(inference));
        return text.toString();
    }

    private static String target(Inference inference) {
        String name = inference.target().column();
        InferredColumn column = inference.column(name);
        String task = inference.target().task().name().toLowerCase(Locale.ROOT);
        if (inference.target().task() == Task.REGRESSION) {
            return "target " + plain(name, WIDEST) + ": " + task + PipelineYaml.range(column);
        }
        return "target " + plain(name, WIDEST) + ": " + task + ", classes "
                + Words.names(inference.target().classes())
                + (inference.target().task() == Task.BINARY
                        ? ", positive '" + inference.target().positive() + "'"
                        : "");
    }

    private static String columns(Inference inference) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("column", "type", "use", "missing", "junk", "values", "such as"));
        for (InferredColumn column : inference
                .columns()
                .subList(0, Math.min(MOST_COLUMNS, inference.columns().size()))) {
            rows.add(List.of(
                    plain(column.name(), WIDEST),
                    column.type().name().toLowerCase(Locale.ROOT),
                    use(column.role()),
                    column.missing() == 0 ? "" : Words.percent((double) column.missing() / column.rows()),
                    column.junk() == 0 ? "" : Long.toString(column.junk()),
                    (column.distinctExact() ? "" : ">=") + column.distinct(),
                    plain(example(column), 48)));
        }
        int[] widths = new int[7];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                String padding = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
                boolean right = i >= 3 && i <= 5;
                line.append(right ? padding + cell : cell + padding).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        if (inference.columns().size() > MOST_COLUMNS) {
            text.append("... and ")
                    .append(inference.columns().size() - MOST_COLUMNS)
                    .append(" more columns, in ")
                    .append(inference.settings().schema())
                    .append('\n');
        }
        return text.toString();
    }

    private static String use(Role role) {
        return switch (role) {
            case FEATURE -> "";
            case TARGET -> "target";
            case ID -> "id";
            case TIME -> "time";
            case GROUP -> "group";
            case IGNORE -> "ignored";
        };
    }

    private static String example(InferredColumn column) {
        if (column.type().isNumeric() && column.min() != null && column.max() != null) {
            return Words.number(column.min()) + " to " + Words.number(column.max());
        }
        if (column.schema().format() != null) {
            return Objects.requireNonNull(column.schema().format());
        }
        return column.levels().isEmpty()
                ? column.reason()
                : String.join(", ", column.levels().keySet());
    }

    private static String findings(Inference inference) {
        StringBuilder text = new StringBuilder();
        for (Finding.Level level :
                List.of(Finding.Level.WARNING, Finding.Level.QUESTION, Finding.Level.DECIDED, Finding.Level.NOTE)) {
            List<Finding> found = inference.findings().stream()
                    .filter(finding -> finding.level() == level)
                    .toList();
            if (found.isEmpty()) {
                continue;
            }
            text.append('\n').append(title(level)).append('\n');
            Map<String, List<Finding>> alike = new LinkedHashMap<>();
            found.forEach(finding -> alike.computeIfAbsent(finding.what(), what -> new ArrayList<>())
                    .add(finding));
            alike.values().forEach(each -> append(each, text));
        }
        return text.toString();
    }

    /** Adds findings of one kind: each by itself, or the first ones of many. */
    private static void append(List<Finding> alike, StringBuilder text) {
        Finding first = alike.get(0);
        if (alike.size() <= MOST_ALIKE) {
            alike.forEach(finding -> text.append("  ")
                    .append(finding.column() == null ? "" : plain(finding.column(), WIDEST) + ": ")
                    .append(plain(finding.what(), 300))
                    .append(finding.evidence().isEmpty() ? "" : " (" + plain(finding.evidence(), 300) + ")")
                    .append('\n'));
        } else {
            text.append("  ")
                    .append(alike.size())
                    .append(" columns: ")
                    .append(plain(first.what(), 300))
                    .append('\n');
            for (Finding finding : alike.subList(0, MOST_ALIKE)) {
                text.append("    ")
                        .append(plain(String.valueOf(finding.column()), WIDEST))
                        .append(": ")
                        .append(plain(finding.evidence(), 150))
                        .append('\n');
            }
            text.append("    and ").append(alike.size() - MOST_ALIKE).append(" more\n");
        }
        text.append("    -> ").append(plain(first.action(), 300)).append('\n');
    }

    private static String title(Finding.Level level) {
        return switch (level) {
            case WARNING -> "Warnings";
            case QUESTION -> "Questions";
            case DECIDED -> "Decided";
            case NOTE -> "Notes";
        };
    }

    /** A text without what could steer a terminal, cut where it is too long. */
    private static String plain(String text, int most) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(code -> {
            boolean control = Character.isISOControl(code) || Character.getType(code) == Character.FORMAT;
            plain.appendCodePoint(control ? ' ' : code);
        });
        int count = plain.codePointCount(0, plain.length());
        return count <= most ? plain.toString() : plain.substring(0, plain.offsetByCodePoints(0, most - 3)) + "...";
    }
}
