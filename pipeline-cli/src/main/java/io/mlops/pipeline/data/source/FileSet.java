package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that a location names: one file, the tables of a folder, or what a glob matches, sorted by name. */
final class FileSet {
    private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".tab", ".psv", ".txt", ".dat");

    private FileSet() {}

    static List<Path> resolve(String location) {
        Path path;
        try {
            path = Path.of(location);
        } catch (InvalidPathException e) {
            throw new PipelineException(
                    PipelineException.Kind.USAGE, "'" + location + "' is no path: " + e.getReason(), e);
        }
        try {
            if (Files.isDirectory(path)) {
                return folder(path);
            }
            if (!Files.exists(path) && glob(location) >= 0) {
                return matches(location);
            }
        } catch (IOException e) {
            throw InputFile.failure(location, e);
        }
        if (!Files.exists(path)) {
            if (Files.isSymbolicLink(path)) {
                throw PipelineException.data(location + " is a link that leads nowhere: correct or remove it");
            }
            throw PipelineException.data(
                    location + " does not exist (looked in " + Path.of("").toAbsolutePath() + ")");
        }
        if (!Files.isReadable(path)) {
            throw PipelineException.data(location + " cannot be read: permission denied");
        }
        if (!Files.isRegularFile(path)) {
            throw PipelineException.data(location + " is no regular file but a pipe or a device, which cannot be read"
                    + " twice: write the rows to a file, or hand them over on standard input as -");
        }
        return List.of(path);
    }

    private static List<Path> folder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(file))
                    .sorted()
                    .toList();
        }
        List<Path> tables = files.stream().filter(FileSet::isTable).toList();
        if (tables.isEmpty()) {
            String found = files.isEmpty()
                    ? "it holds no files"
                    : "it holds " + files.get(0).getFileName()
                            + (files.size() > 1 ? " and " + (files.size() - 1) + " more files" : "");
            throw PipelineException.data(folder + " is a folder without tables (" + String.join(", ", ENDINGS)
                    + ", each also with .gz): " + found);
        }
        return tables;
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_");
    }

    private static boolean isTable(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return ENDINGS.stream().anyMatch(plain::endsWith);
    }

    /** The position of the first character that makes a glob of a location, or -1. */
    private static int glob(String location) {
        for (int i = 0; i < location.length(); i++) {
            if ("*?[{".indexOf(location.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<Path> matches(String location) throws IOException {
        int slash = location.lastIndexOf('/', glob(location));
        Path base = slash < 0 ? Path.of("") : Path.of(location.substring(0, slash + 1));
        String pattern = location.substring(slash + 1);
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    PipelineException.Kind.USAGE, "'" + location + "' is no glob: " + e.getMessage(), e);
        }
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : 1 + (int) pattern.chars().filter(c -> c == '/').count();
        if (!Files.isDirectory(base)) {
            throw PipelineException.data(location + ": there is no folder " + base);
        }
        List<Path> files;
        try (Stream<Path> entries = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> !isHidden(file) && matcher.matches(base.relativize(file)))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw PipelineException.data(location + " matches no file");
        }
        return files;
    }
}
