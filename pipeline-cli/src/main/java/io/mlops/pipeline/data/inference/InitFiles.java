package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the two files that a person reviews after a table was looked at: {@code pipeline.yaml} and the schema. */
public final class InitFiles {
    private InitFiles() {}

    /** The text of {@code pipeline.yaml}. */
    public static String pipeline(Inference inference, String name, long seed) {
        return PipelineYaml.render(inference, name, seed);
    }

    /** The {@code data} part of {@code pipeline.yaml}, for a file whose other parts are written elsewhere. */
    public static String dataPart(Inference inference) {
        return PipelineYaml.data(inference);
    }

    /** The text of the schema file. */
    public static String schema(Inference inference) {
        return SchemaYaml.render(inference);
    }

    /**
     * Writes both files.
     *
     * @param pipeline where {@code pipeline.yaml} goes; the schema goes where the settings say, beside it
     * @param overwrite whether files that exist are replaced
     * @return the files written
     * @throws PipelineException where a file exists and may not be replaced, or cannot be written
     */
    public static List<Path> write(Inference inference, String name, long seed, Path pipeline, boolean overwrite) {
        Map<Path, String> texts = new LinkedHashMap<>();
        texts.put(pipeline, pipeline(inference, name, seed));
        texts.put(pipeline.resolveSibling(inference.settings().schema()), schema(inference));
        List<Path> existing = texts.keySet().stream().filter(Files::exists).toList();
        if (!existing.isEmpty() && !overwrite) {
            throw PipelineException.usage(
                    Words.names(existing.stream().map(Path::toString).toList())
                            + (existing.size() == 1 ? " exists" : " exist")
                            + " and may hold changes of yours: remove or rename, or allow overwriting");
        }
        texts.forEach(InitFiles::write);
        return List.copyOf(texts.keySet());
    }

    private static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PipelineException(
                    PipelineException.Kind.USAGE, file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
