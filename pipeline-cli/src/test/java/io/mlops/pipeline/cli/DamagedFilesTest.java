package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlops.pipeline.data.source.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a project that were damaged, and disks that do not take what is written. */
class DamagedFilesTest {
    private static final String DATE = "2026-01-02";

    /** What may become of a file. */
    enum Damage {
        CUT_OFF,
        EMPTY,
        NULL,
        BARE,
        NOISE;

        byte[] of(byte[] whole) {
            return switch (this) {
                case CUT_OFF -> Arrays.copyOf(whole, whole.length / 2);
                case EMPTY -> new byte[0];
                case NULL -> "null".getBytes(StandardCharsets.UTF_8);
                case BARE -> "{}".getBytes(StandardCharsets.UTF_8);
                case NOISE -> "\u00fe\u0001'[".repeat(500).getBytes(StandardCharsets.UTF_8);
            };
        }
    }

    @TempDir
    static Path whole;

    @TempDir
    Path home;

    @BeforeAll
    static void run() throws IOException {
        StringBuilder rows = new StringBuilder("id,a,b,y\n");
        for (int row = 0; row < 300; row++) {
            rows.append(row)
                    .append(',')
                    .append(row * 37 % 101)
                    .append(",x")
                    .append(row % 3)
                    .append(',')
                    .append(row * 37 % 101 > 50 ? "yes" : "no")
                    .append('\n');
        }
        Files.writeString(whole.resolve("t.csv"), rows);
        Files.writeString(whole.resolve("pipeline.yaml"), """
                name: m
                data: {source: t.csv, target: y, id: [id]}
                train: {model: decision_tree, importance_rows: 0, cross_validation: {folds: 2, repeats: 1}}
                """);
        assertThat(Said.by(whole, "-C", "run", "--date", DATE).code()).isZero();
    }

    @BeforeEach
    void copy() {
        files(whole).forEach(this::copy);
    }

    private void copy(Path file) {
        Path copy = home.resolve(whole.relativize(file).toString());
        try {
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextStageRefusesADamagedFileAndARunComputesItAgain(Damage damage) throws IOException {
        Map<String, String> next = Map.of(
                "prepare-data", "train",
                "prepare-features", "train",
                "train", "evaluate",
                "evaluate", "register",
                "register", "register");
        Path runs = home.resolve("runs").resolve(DATE);
        for (String stage : next.keySet()) {
            for (Path file : files(runs.resolve(stage))) {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, damage.of(content));

                Said said = Said.by(home, "-C", next.get(stage), "--date", DATE, "--force");

                assertThat(said.err()).as("%s %s", damage, file).doesNotContain("\tat ");
                assertThat(said.code()).as(said.err()).isIn(0, 2, 3, 4);
            }
            Said again = Said.by(home, "-C", "run", "--date", DATE);
            assertThat(again.code()).as(again.err()).isZero();
        }
        assertThat(digests(runs)).isEqualTo(digests(whole.resolve("runs").resolve(DATE)));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedCacheEntryIsComputedAgain(Damage damage) throws IOException {
        delete(home.resolve("runs"));
        for (Path file : files(home.resolve(".mlops/cache"))) {
            Files.write(file, damage.of(Files.readAllBytes(file)));
        }

        Said said = Said.by(home, "-C", "run", "--to", "evaluate", "--date", DATE);

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().get("cached").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedModelScoresNothing(Damage damage) throws IOException {
        for (Path file : files(home.resolve("models/m/1"))) {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, damage.of(content));

            Said said = Said.by(home, "-C", "predict", "t.csv", "-o", "p.csv");

            assertThat(said.err()).as("%s %s", damage, file).doesNotContain("\tat ");
            assertThat(said.code()).as("%s %s: %s", damage, file, said.err()).isEqualTo(4);
            assertThat(said.err()).contains("damaged");
            assertThat(home.resolve("p.csv")).doesNotExist();
            Files.write(file, content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[1]", "entry"})
    void aBrokenLineOfTheHistoryIsNamed(String line) throws IOException {
        Files.writeString(home.resolve("models/m/history.jsonl"), line + "\n");

        Said said = Said.by(home, "-C", "predict", "t.csv", "-o", "p.csv");

        assertThat(said.err()).contains("history.jsonl, line 1").doesNotContain("\tat ");
        assertThat(said.code()).isEqualTo(3);
    }

    @Test
    void aFullDiskLeavesTheEarlierPredictions() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        Files.writeString(home.resolve("p.csv"), "earlier");
        Files.createSymbolicLink(home.resolve(".p.csv.partial"), full);

        Said said = Said.by(home, "-C", "predict", "t.csv", "-o", "p.csv");

        assertThat(said.code()).as(said.err()).isEqualTo(75);
        assertThat(said.err())
                .contains("No space left", "nothing was published")
                .doesNotContain("\tat ");
        assertThat(home.resolve("p.csv")).hasContent("earlier");
        assertThat(full).exists();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        for (String folder : List.of("runs", ".mlops")) {
            delete(home.resolve(folder));
            Files.writeString(home.resolve(folder), "a file");

            Said said = Said.by(home, "-C", "prepare-data", "--date", DATE);

            assertThat(said.code()).as(said.err()).isIn(2, 75);
            assertThat(said.err()).contains(folder).doesNotContain("\tat ");
            Files.delete(home.resolve(folder));
        }
    }

    @Test
    void aReadOnlyFolderIsNamed() throws IOException {
        delete(home.resolve(".mlops"));
        assertThat(home.toFile().setWritable(false)).isTrue();
        try {
            assumeFalse(Files.isWritable(home), "this user may write anywhere");

            Said said = Said.by(home, "-C", "prepare-data", "--date", DATE, "--force");

            assertThat(said.code()).as(said.err()).isEqualTo(2);
            assertThat(said.err()).contains(".mlops", "permission denied").doesNotContain("\tat ");
        } finally {
            assertThat(home.toFile().setWritable(true)).isTrue();
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What stages wrote, without the records, which hold times. */
    private static Map<String, String> digests(Path runs) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : files(runs)) {
            if (!List.of("manifest.json", "run.json", "training.json", "report.html", "registration.json")
                    .contains(file.getFileName().toString())) {
                digests.put(runs.relativize(file).toString(), FileDigest.of(file));
            }
        }
        return digests;
    }
}
