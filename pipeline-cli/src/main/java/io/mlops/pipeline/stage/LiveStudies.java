package io.mlops.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The trials of searches that may go on, after whatever ended the process or for more trials; in a project's folder. */
public record LiveStudies(Path folder) {
    /** Those of the project in a folder. */
    public static LiveStudies of(Path home) {
        return new LiveStudies(Run.hidden(home).resolve("studies"));
    }

    /**
     * The file of the search of a key, whose folder exists.
     *
     * @param anew whether to forget what is in it
     */
    Path file(String key, boolean anew) {
        Path file = folder.resolve(key + ".jsonl");
        try {
            Files.createDirectories(folder);
            if (anew) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Removes what has not grown for so long; how many bytes that freed. */
    public long collect(Duration age) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Instant oldest = Instant.now().minus(age);
        long freed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    freed += Files.size(file);
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return freed;
    }
}
