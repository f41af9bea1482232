package io.mlops.pipeline.tracking.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** TEMP */
public final class ModelFolder {
    private ModelFolder() {}

    public static void write(Path bundle, Path folder, ModelIdentity identity) throws IOException {
        try (Stream<Path> paths = Files.walk(bundle)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                Path copy =
                        folder.resolve("data").resolve(bundle.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        }
    }
}
