package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes {@code pipeline.yaml} for a table: what was decided, with the evidence as comments. */
final class PipelineYaml {
    private static final String INDENT = "  ";

    private final Inference inference;
    private final DataSettings settings;
    private final StringBuilder yaml = new StringBuilder();

    private PipelineYaml(Inference inference) {
        this.inference = inference;
        this.settings = inference.settings();
    }

    /** The whole file: the head, the {@code data} part, and the parts for learning with their most used keys. */
    static String render(Inference inference, String name, long seed) {
        PipelineYaml writer = new PipelineYaml(inference);
        writer.line("", "# Found in the data; what you change here wins. Every key: docs/reference.");
        writer.line("", "name: " + YamlText.scalar(name));
        writer.line("", "seed: " + seed);
        writer.line("", "");
        writer.yaml.append(data(inference));
        writer.line("", "");
        writer.line("", "# train:");
        writer.line("", "#   model: xgboost");
        writer.line("", "# evaluate:");
        writer.line("", "#   slices: []");
        return writer.yaml.toString();
    }

    /** The {@code data} part alone. */
    static String data(Inference inference) {
        PipelineYaml writer = new PipelineYaml(inference);
        writer.source();
        writer.target();
        writer.columns();
        writer.rest();
        writer.findings();
        return writer.yaml.toString();
    }

    private void line(String indent, String text) {
        yaml.append(indent).append(text).append('\n');
    }

    private void comment(String text) {
        yaml.append(YamlText.comment(text, INDENT)).append('\n');
    }

    private void source() {
        FormatSettings format = settings.format();
        line("", "data:");
        comment(inference.rows() + " rows, " + inference.columns().size() + " columns"
                + (inference.ragged() == 0
                        ? ""
                        : "; " + inference.ragged() + " further rows have too many or few cells"));
        line(INDENT, "source: " + YamlText.scalar(Objects.requireNonNullElse(settings.source(), "-")));
        if (settings.targetFile() != null) {
            line(INDENT, "target_file: " + YamlText.scalar(settings.targetFile()));
        }
        line(INDENT, "format:");
        if (format.delimiter() != null) {
            line(INDENT, "  delimiter: " + YamlText.scalar(format.delimiter()));
        }
        if (format.encoding() != null) {
            line(INDENT, "  encoding: " + YamlText.scalar(format.encoding()));
        }
        if (format.header() != null) {
            line(INDENT, "  header: " + format.header());
        }
        line(INDENT, "  decimal: " + YamlText.scalar(format.decimal()));
    }

    private void target() {
        String column = inference.target().column();
        line("", "");
        line(INDENT, "target: " + YamlText.scalar(column));
        InferredColumn target = inference.column(column);
        if (inference.target().task() == Task.REGRESSION) {
            comment(target.distinct() + (target.distinctExact() ? "" : " or more") + " different numbers"
                    + range(target));
        }
        line(INDENT, "task: " + inference.target().task().name().toLowerCase(Locale.ROOT));
        about(column).forEach(this::comment);
        if (settings.positive() != null) {
            line(INDENT, "positive: " + YamlText.scalar(settings.positive()));
        }
        if (!settings.labels().isEmpty()) {
            line(INDENT, "labels: " + YamlText.list(settings.labels()));
        }
    }

    static String range(InferredColumn column) {
        return column.min() == null || column.max() == null
                ? ""
                : ", " + Words.number(column.min()) + " to " + Words.number(column.max());
    }

    private List<String> about(String column) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : inference.findings()) {
            if (column.equals(finding.column())) {
                lines.add(text(finding));
            }
        }
        return lines;
    }

    private static String text(Finding finding) {
        return finding.what()
                + (finding.evidence().isEmpty() ? "" : " (" + finding.evidence() + ")")
                + "; " + finding.action();
    }

    private void columns() {
        line("", "");
        comment("Copied to the predictions, never learned from.");
        names("id", settings.id());
        comment("Read by nothing.");
        names("ignore", settings.ignore());
        if (settings.time() != null) {
            line(INDENT, "time: " + YamlText.scalar(settings.time()));
        } else {
            comment("time: the column that orders the rows, if later rows are predicted from earlier ones");
        }
        if (settings.group() != null) {
            line(INDENT, "group: " + YamlText.scalar(settings.group()));
        } else {
            comment("group: the column whose equal values must stay on one side of every split");
        }
    }

    private void names(String key, List<String> names) {
        if (names.isEmpty()) {
            line(INDENT, key + ": []");
            return;
        }
        line(INDENT, key + ":");
        for (String name : names) {
            decision(name).forEach(text -> line(INDENT, YamlText.comment(text, INDENT)));
            line(INDENT, "  - " + YamlText.scalar(name));
        }
    }

    private List<String> decision(String name) {
        return inference.findings().stream()
                .filter(finding -> name.equals(finding.column()) && finding.level() == Finding.Level.DECIDED)
                .map(PipelineYaml::text)
                .toList();
    }

    private void rest() {
        line("", "");
        comment("Types and limits of every column.");
        line(INDENT, "schema: " + YamlText.scalar(settings.schema()));
        line(INDENT, "missing: " + YamlText.list(settings.missing()));
        line(INDENT, "split:");
        line(INDENT, "  test: " + settings.split().test());
        line(INDENT, "  # random (stratified by the target), time (the newest rows are the test rows) or group");
        line(INDENT, "  by: " + settings.split().by().name().toLowerCase(Locale.ROOT));
        if (settings.split().testFile() != null) {
            line(INDENT, "  test_file: " + YamlText.scalar(settings.split().testFile()));
        }
    }

    private void findings() {
        List<Finding> open = inference.findings().stream()
                .filter(finding -> finding.level() == Finding.Level.QUESTION
                        || finding.level() == Finding.Level.WARNING
                        || finding.column() == null)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        line("", "");
        comment("Worth a look:");
        for (Finding finding : open) {
            comment((finding.column() == null ? "- " : "- " + finding.column() + ": ") + text(finding));
        }
    }
}
