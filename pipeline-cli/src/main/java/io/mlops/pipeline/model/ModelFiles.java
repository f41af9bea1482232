package io.mlops.pipeline.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.SchemaJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes the files of a saved model. */
public final class ModelFiles {
    private static final ObjectMapper JSON = SchemaJson.MAPPER
            .copy()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private ModelFiles() {}

    /** Writes a record as JSON, its components in their order. */
    public static void writeJson(Path file, Record value) {
        try {
            Files.writeString(file, JSON.writeValueAsString(value) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Reads a record that {@link #writeJson} wrote. */
    public static <T extends Record> T readJson(Path file, Class<T> type) {
        try {
            return JSON.readValue(readBytes(file), type);
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    public static void writeBytes(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    public static byte[] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new PipelineException(
                    PipelineException.Kind.MODEL, "the saved model has no file " + file + "; train it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The error for a file of a saved model that cannot be understood. */
    public static PipelineException damaged(Path file, String detail) {
        return PipelineException.model(damage(file, detail));
    }

    /** The error for a file of a saved model that cannot be read. */
    public static PipelineException damaged(Path file, String detail, Throwable cause) {
        return new PipelineException(PipelineException.Kind.MODEL, damage(file, detail), cause);
    }

    private static String damage(Path file, String detail) {
        return "the saved model's file " + file + " is damaged: " + detail + "; train it again";
    }
}
