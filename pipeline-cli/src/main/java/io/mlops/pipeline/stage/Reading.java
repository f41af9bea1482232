package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.Nearest;
import io.mlops.pipeline.config.SchemaFile;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.inference.Finding;
import io.mlops.pipeline.data.inference.Inference;
import io.mlops.pipeline.data.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a source is to be read: as {@code schema.yaml} and the configuration say, or as the rows suggest where they are
 * silent.
 */
record Reading(TableSchema schema, TargetChoice target, DataSettings settings, List<String> notes) {
    static Reading of(Run run, Source source) {
        DataSettings settings = run.config().data();
        Path file = run.resolve(settings.schema());
        if (Files.exists(file) && settings.target() != null && settings.task() != null) {
            TableSchema schema = new TableSchema(columns(file), roles(columns(file), settings, file));
            return new Reading(
                    schema,
                    new TargetChoice(settings.target(), settings.task(), settings.positive(), settings.labels()),
                    settings,
                    unknown(schema, source, file));
        }
        Inference inference = Inference.infer(source, settings, settings.target());
        TableSchema schema = inference.schema();
        List<String> notes = inference.findings().stream()
                .filter(each -> each.level() == Finding.Level.WARNING || each.level() == Finding.Level.DECIDED)
                .map(Reading::inWords)
                .toList();
        if (Files.exists(file)) {
            Map<String, ColumnSchema> written = columns(file);
            schema = new TableSchema(written, roles(written, inference.settings(), file));
        }
        return new Reading(schema, TargetChoice.of(inference.target()), inference.settings(), notes);
    }

    private static String inWords(Finding finding) {
        return (finding.column() == null ? "" : finding.column() + ": ") + finding.what() + "; " + finding.action();
    }

    private static Map<String, ColumnSchema> columns(Path file) {
        return SchemaFile.read(file).columns();
    }

    private static List<String> unknown(TableSchema schema, Source source, Path file) {
        List<String> unknown = source.columns().stream()
                .filter(each -> !schema.columns().containsKey(each))
                .toList();
        return unknown.isEmpty()
                ? List.of()
                : List.of("columns that " + file + " does not know are left out: " + String.join(", ", unknown));
    }

    private static Map<String, Role> roles(Map<String, ColumnSchema> columns, DataSettings settings, Path file) {
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.forEach(
                (name, column) -> roles.put(name, column.type() == ColumnType.IDENTIFIER ? Role.ID : Role.FEATURE));
        settings.id().forEach(name -> put(roles, name, Role.ID, "data.id", file));
        settings.ignore().forEach(name -> put(roles, name, Role.IGNORE, "data.ignore", file));
        if (settings.time() != null) {
            put(roles, settings.time(), Role.TIME, "data.time", file);
        }
        if (settings.group() != null) {
            put(roles, settings.group(), Role.GROUP, "data.group", file);
        }
        if (settings.target() != null) {
            put(roles, settings.target(), Role.TARGET, "data.target", file);
        }
        return roles;
    }

    private static void put(Map<String, Role> roles, String name, Role role, String key, Path file) {
        if (roles.replace(name, role) == null) {
            throw PipelineException.usage(key + ": no column '" + name + "' in " + file
                    + Nearest.hint(name, roles.keySet()) + "; there are " + String.join(", ", roles.keySet()));
        }
    }
}
