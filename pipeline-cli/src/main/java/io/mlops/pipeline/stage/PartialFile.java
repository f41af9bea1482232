package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole under its name, or not at all. */
public record PartialFile(Path path, Path whole) implements AutoCloseable {
    /**
     * Begins a file; the folder is made where it does not exist.
     *
     * @throws PipelineException where something stands in its place that no file must replace
     */
    public static PartialFile of(Path named) throws IOException {
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            throw PipelineException.usage(named + " is " + (Files.isDirectory(named) ? "a folder" : "no regular file")
                    + ": name a file to write");
        }
        Path whole = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        Path folder = whole.getParent();
        if (folder == null) {
            throw new NoSuchFileException(named.toString());
        }
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw PipelineException.usage(named + ": " + e.getFile() + " is a file, where a folder is needed");
        }
        return new PartialFile(folder.resolve("." + whole.getFileName() + ".partial"), whole);
    }

    public void publish() throws IOException {
        Files.move(path, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
