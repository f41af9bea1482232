package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files on the server: through its artifact proxy, or in a folder that it shares with this machine. Other stores (S3, …)
 * are reached through the proxy only.
 */
final class ArtifactStore {
    private static final String PROXY = "mlflow-artifacts:";

    private final MlflowHttp http;

    ArtifactStore(MlflowHttp http) {
        this.http = http;
    }

    /** Puts a file below an address that the server gave, replacing what stands there. */
    void put(String base, String path, Path file) {
        if (proxied(base)) {
            http.upload(place(base) + "/" + path, file);
            return;
        }
        Path place = shared(base).resolve(path).normalize();
        try {
            Files.createDirectories(place.getParent());
            Path partial = place.resolveSibling("." + place.getFileName() + ".partial");
            Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw MlflowException.refused(
                    place + " cannot be written (" + e
                            + "): the MLflow server keeps files in a folder of its own machine; start it with --serve-artifacts");
        }
    }

    /** Puts all files of a folder below an address, and sees that they have arrived whole. */
    void putFolder(String base, Path folder) {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile).sorted()::iterator) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                put(base, path, file);
                sizes.put(path, Files.size(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Long> arrived = list(base);
        sizes.forEach((path, size) -> {
            if (!size.equals(arrived.get(path))) {
                throw MlflowException.away(
                        "MLflow holds " + arrived.get(path) + " of the " + size + " bytes of " + path);
            }
        });
    }

    /** The size of each file below an address, by its path from there. */
    Map<String, Long> list(String base) {
        Map<String, Long> sizes = new TreeMap<>();
        if (proxied(base)) {
            list(place(base), "", sizes);
            return sizes;
        }
        Path folder = shared(base);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                sizes.put(folder.relativize(file).toString().replace('\\', '/'), Files.size(file));
            }
        } catch (IOException e) {
            throw MlflowException.refused(
                    folder + " cannot be read (" + e
                            + "): the MLflow server keeps files in a folder of its own machine; start it with --serve-artifacts");
        }
        return sizes;
    }

    private void list(String place, String below, Map<String, Long> sizes) {
        for (JsonNode entry : http.list(below.isEmpty() ? place : place + "/" + below)) {
            String name = entry.path("path").asText();
            String last = name.substring(name.lastIndexOf('/') + 1);
            if (last.isEmpty() || last.equals(".") || last.equals("..")) {
                continue;
            }
            String path = below.isEmpty() ? last : below + "/" + last;
            if (entry.path("is_dir").asBoolean()) {
                list(place, path, sizes);
            } else {
                sizes.put(path, entry.path("file_size").asLong());
            }
        }
    }

    /**
     * Fetches all files below a folder of an address.
     *
     * @param to an empty folder; nothing is written outside of it
     */
    void getFolder(String base, String below, Path to) {
        String prefix = below + "/";
        list(base).forEach((path, size) -> {
            if (!path.startsWith(prefix)) {
                return;
            }
            Path file = to.resolve(path.substring(prefix.length())).normalize();
            if (!file.startsWith(to)) {
                throw PipelineException.usage("the model on the MLflow server holds the file name '" + path
                        + "', which leads out of its folder; it was not fetched");
            }
            try {
                Files.createDirectories(file.getParent());
                if (proxied(base)) {
                    http.download(place(base) + "/" + path, file, size);
                } else {
                    Files.copy(shared(base).resolve(path), file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean proxied(String base) {
        return base.startsWith(PROXY);
    }

    /** The path behind {@code mlflow-artifacts:/path} or {@code mlflow-artifacts://host/path}. */
    private static String place(String base) {
        String path = URI.create(base).getPath();
        return path.replaceAll("^/+", "").replaceAll("/+$", "");
    }

    private static Path shared(String base) {
        if (base.startsWith("file:")) {
            return Path.of(URI.create(base).getPath());
        }
        if (base.startsWith("/")) {
            return Path.of(base);
        }
        throw MlflowException.refused("files go to " + base
                + ", which is reached through the MLflow server only; start it" + " with --serve-artifacts");
    }
}
