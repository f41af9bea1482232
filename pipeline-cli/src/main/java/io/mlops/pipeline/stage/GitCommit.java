package io.mlops.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commit that a folder is checked out at, read from Git's own files, so that no git is needed. */
final class GitCommit {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40,64}");

    private GitCommit() {}

    static Optional<String> of(Path folder) {
        for (Path each = folder; each != null; each = each.getParent()) {
            Path git = each.resolve(".git");
            if (Files.exists(git)) {
                try {
                    return Optional.ofNullable(head(repository(git)));
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The folder behind {@code .git}, which is a file in a linked work tree. */
    private static Path repository(Path git) throws IOException {
        return Files.isDirectory(git)
                ? git
                : git.resolveSibling(
                        Files.readString(git).replaceFirst("^gitdir:", "").strip());
    }

    private static @Nullable String head(Path repository) throws IOException {
        String head = Files.readString(repository.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) {
            return digest(head);
        }
        String name = head.substring("ref:".length()).strip();
        Path common = repository.resolve("commondir");
        Path shared = Files.exists(common)
                ? repository.resolve(Files.readString(common).strip())
                : repository;
        Path loose = shared.resolve(name);
        if (Files.exists(loose)) {
            return digest(Files.readString(loose).strip());
        }
        Path packed = shared.resolve("packed-refs");
        if (Files.exists(packed)) {
            for (String line : Files.readAllLines(packed)) {
                if (line.endsWith(" " + name)) {
                    return digest(line.substring(0, line.indexOf(' ')));
                }
            }
        }
        return null;
    }

    private static @Nullable String digest(String text) {
        return DIGEST.matcher(text).matches() ? text : null;
    }
}
