package io.mlops.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private Path git() throws IOException {
        return Files.createDirectories(folder.resolve(".git/refs/heads"))
                .getParent()
                .getParent();
    }

    @Test
    void isThatOfTheBranchOfAFolderAbove() throws IOException {
        Path git = git();
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("refs/heads/main"), COMMIT + "\n");
        assertThat(GitCommit.of(Files.createDirectories(folder.resolve("a/b")))).contains(COMMIT);
    }

    @Test
    void isFoundAmongPackedBranches() throws IOException {
        Path git = git();
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + COMMIT + " refs/heads/main\n");
        assertThat(GitCommit.of(folder)).contains(COMMIT);
    }

    @Test
    void isThatOfALinkedWorkTree() throws IOException {
        Path git = git();
        Files.writeString(git.resolve("refs/heads/side"), COMMIT);
        Path linked = Files.createDirectories(git.resolve("worktrees/side"));
        Files.writeString(linked.resolve("HEAD"), "ref: refs/heads/side\n");
        Files.writeString(linked.resolve("commondir"), "../..\n");
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + linked + "\n");
        assertThat(GitCommit.of(tree)).contains(COMMIT);
    }

    @Test
    void isNothingWithoutARepositoryOrWithADamagedOne() throws IOException {
        assertThat(GitCommit.of(folder)).isEmpty();
        Files.writeString(git().resolve("HEAD"), "ref: refs/heads/none\n");
        assertThat(GitCommit.of(folder)).isEmpty();
    }
}
