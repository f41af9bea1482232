package io.mlops.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears whole under its name, or not at all. */
record PartialFile(Path path, Path whole) implements AutoCloseable {
    /** Begins a file; the folder is made where it does not exist. */
    static PartialFile of(Path whole) throws IOException {
        Path folder = whole.toAbsolutePath().getParent();
        if (folder == null) {
            throw new NoSuchFileException(whole.toString());
        }
        Files.createDirectories(folder);
        return new PartialFile(folder.resolve("." + whole.getFileName() + ".partial"), whole);
    }

    void publish() throws IOException {
        Files.move(path, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
