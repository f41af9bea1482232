package io.mlops.pipeline.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How the files of a run are written as JSON: snake_case keys in a stable order. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectMapper SETTINGS =
            MAPPER.copy().registerModule(new SimpleModule().setSerializerModifier(new LowerCaseChoices()));

    private Json() {}

    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    public static void write(Path file, Object value) {
        try {
            Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file; the exception of a broken one is for the caller, who knows what it was for. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        T value = MAPPER.readValue(Files.readString(file), type);
        if (value == null) {
            throw new IOException(file + " holds nothing");
        }
        return value;
    }

    /** Settings as plain maps, lists, texts and numbers; a choice in lower case, as it stands in {@code pipeline.yaml}. */
    static Map<?, ?> settings(Map<String, Object> settings) {
        return SETTINGS.convertValue(settings, Map.class);
    }

    /** A value as plain maps, lists, texts and numbers, as it would stand in JSON. */
    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }
}
