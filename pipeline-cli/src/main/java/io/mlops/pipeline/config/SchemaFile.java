package io.mlops.pipeline.config;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.settings.Setting;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code schema.yaml}. */
public record SchemaFile(
        @Setting("What each column must look like, by name.")
        Map<String, ColumnSchema> columns) {
    public SchemaFile {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public static SchemaFile defaults() {
        return new SchemaFile(Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws PipelineException listing every problem at once
     */
    public static SchemaFile read(Path file) {
        Problems problems = new Problems();
        SchemaFile schema = new SettingsBinder(problems).bind(defaults(), YamlReader.read(file, problems), "");
        problems.throwIfAny();
        return schema;
    }
}
