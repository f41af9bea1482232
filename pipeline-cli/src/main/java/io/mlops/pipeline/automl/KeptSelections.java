package io.mlops.pipeline.automl;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.model.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The selections of a search on disk, so that one that was killed goes on with the same columns. */
record KeptSelections(Path folder) {
    private static final String ENDING = ".json";

    /**
     * A selection as it is kept.
     *
     * @param rows how many it was learned from
     * @param seconds how long that took
     */
    record Made(Selection selection, int rows, double seconds) {}

    /** All that can be read, by name. */
    Map<String, Made> read() {
        Map<String, Made> all = new LinkedHashMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    all.put(name.substring(0, name.length() - ENDING.length()), ModelFiles.readJson(file, Made.class));
                }
            } catch (IOException | UncheckedIOException | PipelineException e) {
                // Damaged: made anew.
            }
        }
        return all;
    }

    /** Keeps one, where that can be done. */
    void keep(String name, Made made) {
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve(name + ".tmp");
            ModelFiles.writeJson(temporary, made);
            Files.move(temporary, folder.resolve(name + ENDING), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            // The models beside it say that nothing can be kept.
        }
    }
}
