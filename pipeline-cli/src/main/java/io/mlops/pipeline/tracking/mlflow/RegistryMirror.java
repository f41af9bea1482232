package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.tracking.mlflow.VersionStore.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What this machine last saw of a model on the server: its versions, and the bundles that were fetched. */
final class RegistryMirror {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "registry.json";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Path folder;

    RegistryMirror(Path folder) {
        this.folder = folder;
    }

    Optional<Model> read() {
        try {
            return Optional.of(JSON.readValue(Files.readString(folder.resolve(STATE)), Model.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Model model) {
        Path temporary = folder.resolve(STATE + "." + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            Files.writeString(temporary, JSON.writeValueAsString(model));
            Files.move(
                    temporary,
                    folder.resolve(STATE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle that was fetched before and is whole. */
    Optional<Path> bundle(int version, String digest) {
        Path place = place(version);
        try {
            if (Files.isDirectory(place) && matches(Bundle.verify(place), digest)) {
                Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
                return Optional.of(place);
            }
            return Optional.empty();
        } catch (PipelineException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bundles that no alias pointed to when the server was last seen, and that were last used before a time. */
    List<Integer> unnamed(Instant before) {
        Model model = read().orElse(null);
        List<Integer> unnamed = new ArrayList<>();
        if (model != null) {
            try {
                for (Path place : Folders.list(folder)) {
                    String name = place.getFileName().toString();
                    if (NUMBER.matcher(name).matches()
                            && !model.aliases().containsValue(Integer.valueOf(name))
                            && Files.getLastModifiedTime(place).toInstant().isBefore(before)) {
                        unnamed.add(Integer.valueOf(name));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return unnamed;
    }

    /** Whether a bundle is the one that was registered; a version that someone else made does not say which it is. */
    static boolean matches(String actual, String registered) {
        return registered.isEmpty() || actual.equals(registered);
    }

    /** A new folder for what is being fetched. */
    Path incoming() {
        try {
            return Files.createDirectories(folder.resolve(".incoming-" + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a bundle that was fetched whole. */
    Path keep(int version, Path fetched) {
        Path place = place(version);
        try {
            if (Files.exists(place)) {
                Path old = folder.resolve(".old-" + UUID.randomUUID());
                Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
                Folders.delete(old);
            }
            Files.move(fetched, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return place;
    }

    private Path place(int version) {
        return folder.resolve(Integer.toString(version));
    }
}
