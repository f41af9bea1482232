package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a bundle, and a copy of them that shares nothing with it. */
final class BundleFolders {
    /** The file that every bundle has. */
    static final String MARK = "bundle.json";

    private BundleFolders() {}

    /** The files of a bundle, in the order of their names; refuses what is no bundle. */
    static List<Path> files(Path bundle) throws IOException {
        if (!Files.isRegularFile(bundle.resolve(MARK))) {
            throw PipelineException.usage(bundle + " is not a model bundle: it has no " + MARK + "; train writes one");
        }
        try (Stream<Path> paths = Files.walk(bundle)) {
            List<Path> files = paths.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(path -> name(bundle, path)))
                    .toList();
            for (Path file : files) {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw PipelineException.usage(
                            file + " is a link or a special file; a bundle holds plain files only");
                }
            }
            return files;
        }
    }

    static void copy(Path bundle, Path to) throws IOException {
        for (Path file : files(bundle)) {
            Path copy = to.resolve(name(bundle, file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static String name(Path bundle, Path file) {
        return bundle.relativize(file).toString().replace('\\', '/');
    }
}
