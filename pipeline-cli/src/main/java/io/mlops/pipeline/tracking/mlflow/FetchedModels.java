package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.files.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The bundles that a project has fetched from MLflow, of all its models. */
public final class FetchedModels {
    private final Path folder;

    FetchedModels(Path folder) {
        this.folder = folder;
    }

    /** Those of a project whose hidden folder is given. */
    public static FetchedModels of(Path hidden) {
        return new FetchedModels(hidden.resolve("mlflow"));
    }

    /** What was removed: the versions, as {@code credit/3}, and the bytes that they took. */
    public record Removed(List<String> versions, long bytes) {}

    /**
     * Removes the versions that no alias pointed to when the server was last seen and that were not used for so long; they
     * are fetched again where they are wanted again.
     */
    public Removed collect(Duration age) {
        Instant oldest = Instant.now().minus(age);
        List<String> versions = new ArrayList<>();
        long bytes = 0;
        for (Path model : Folders.list(folder)) {
            RegistryMirror mirror = new RegistryMirror(model);
            for (int version : mirror.unnamed(oldest)) {
                Path bundle = model.resolve(Integer.toString(version));
                bytes += Folders.size(bundle);
                Folders.delete(bundle);
                versions.add(model.getFileName() + "/" + version);
            }
        }
        return new Removed(versions, bytes);
    }
}
