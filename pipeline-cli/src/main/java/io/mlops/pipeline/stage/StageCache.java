package io.mlops.pipeline.stage;

import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Results of stages by the digest of all they depend on; every entry is checked before it is used. */
public final class StageCache {
    private final Path folder;

    StageCache(Path folder) {
        this.folder = folder;
    }

    /** The cache of the project in a folder. */
    public static StageCache of(Path home) {
        return new StageCache(home.resolve(".mlops").resolve("cache"));
    }

    /** The models that searches keep until they end; those of one that nobody came back to grow old. */
    public static StageCache ofSearches(Path home) {
        return new StageCache(Run.hidden(home).resolve(TrainStage.CHECKPOINTS));
    }

    /** The entry of a key, if it is there and whole; a broken one is removed. */
    Optional<Path> find(String key) {
        Path entry = folder.resolve(key);
        if (!Files.isDirectory(entry)) {
            return Optional.empty();
        }
        if (isWhole(entry, key)) {
            touch(entry);
            return Optional.of(entry);
        }
        Folders.delete(entry);
        return Optional.empty();
    }

    /** Whether a stage's folder holds exactly the result of a key, every byte of it. */
    static boolean isWhole(Path stageFolder, String key) {
        try {
            Manifest manifest = Json.read(stageFolder.resolve(Manifest.FILE), Manifest.class);
            var present = Digests.ofFolder(stageFolder);
            present.remove(Manifest.FILE);
            return manifest.key().equals(key) && present.equals(manifest.outputs());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Adds a finished folder. */
    void put(String key, Path finished, Path temporary) {
        Path entry = folder.resolve(key);
        if (Files.exists(entry)) {
            Folders.delete(entry);
        }
        Folders.copy(finished, temporary);
        try {
            Files.createDirectories(folder);
            Files.move(temporary, entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes the entries that are older than an age, then the least recently used ones until the rest fits a size.
     *
     * @return the bytes that were freed, as far as no run still links to them
     */
    public long collect(Duration age, long bytes) {
        record Entry(Path path, Instant used, long size) {}
        List<Entry> entries = new ArrayList<>();
        for (Path path : Folders.list(folder)) {
            entries.add(new Entry(path, used(path), Folders.size(path)));
        }
        entries.sort(Comparator.comparing(Entry::used).reversed());
        Instant oldest = Instant.now().minus(age);
        long kept = 0;
        long freed = 0;
        for (Entry entry : entries) {
            if (entry.used().isBefore(oldest) || kept + entry.size() > bytes) {
                Folders.delete(entry.path());
                freed += entry.size();
            } else {
                kept += entry.size();
            }
        }
        return freed;
    }

    private static Instant used(Path entry) {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void touch(Path entry) {
        try {
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
