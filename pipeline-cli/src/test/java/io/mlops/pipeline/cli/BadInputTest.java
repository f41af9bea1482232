package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user may hand over by mistake is refused with words and an exit code, and nothing is published. */
class BadInputTest {
    private static final String DATE = "2026-01-02";
    private static final String HEADER = "id,a,b,y\n";

    @TempDir
    Path home;

    static Stream<Arguments> tables() {
        return Stream.of(
                arguments("empty", bytes(""), "is empty"),
                arguments("blank lines", bytes("\n\n\n"), "blank lines only"),
                arguments("header only", bytes(HEADER), "no rows"),
                arguments("one row", bytes(HEADER + "1,2,x,0\n"), "'y'"),
                arguments("one class", bytes(HEADER + rows("1")), "'y'"),
                arguments("target missing everywhere", bytes(HEADER + rows("")), "'y' is missing in"),
                arguments("no column to learn from", bytes("y\n" + "0\n1\n".repeat(100)), "no column to learn from"),
                arguments("a quote never closed", bytes(HEADER + rows("1") + "7,\"2,x,0\n"), "line 202: a quote"),
                arguments("a cell without end", bytes(HEADER + "x".repeat(9_000_000)), "line 2: a cell"),
                arguments("a header without end", bytes("a,".repeat(200_000) + "\n"), "no header is as long"),
                arguments("NUL", bytes(HEADER + "1,\0,x,0\n"), "line 2: a NUL"),
                arguments("UTF-16 without a mark", HEADER.getBytes(StandardCharsets.UTF_16LE), "UTF-16"),
                arguments("a picture", "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), "PNG"),
                arguments("a cut-off gzip", cutOff(), "cut off"),
                arguments(
                        "every row ragged",
                        bytes(HEADER + "1,2\n".repeat(50)),
                        "no row has as many cells as the header"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void refusesTables(String name, byte[] content, String words) throws IOException {
        Files.write(home.resolve("t.csv"), content);

        Said said = Said.by(home, "-C", "prepare-data", "--input", "t.csv", "--target", "y", "--date", DATE);

        refused(said, 3, words);
        assertThat(home.resolve("runs").resolve(DATE).resolve("prepare-data")).doesNotExist();
        assertThat(home.resolve(".mlops/tmp").resolve(DATE)).doesNotExist();
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        Files.createDirectory(home.resolve("folder"));
        Files.createSymbolicLink(home.resolve("link.csv"), Path.of("nowhere.csv"));

        refused(Said.by(home, "-C", "init", "folder"), 3, "folder without tables");
        refused(Said.by(home, "-C", "init", "nothing.csv"), 3, "nothing.csv does not exist");
        refused(Said.by(home, "-C", "init", "link.csv"), 3, "a link that leads nowhere");
        refused(Said.by(home, "-C", "init", "/dev/zero"), 3, "no regular file but a pipe or a device");
        assertThat(home.resolve("pipeline.yaml")).doesNotExist();
    }

    static Stream<Arguments> oddTables() {
        return Stream.of(
                arguments("a column without a cell", table(row -> row + ",,x" + row % 3 + "," + row % 2)),
                arguments(
                        "some ragged rows",
                        table(row -> row % 50 == 7 ? "1,2" : row + ",2,x" + row % 3 + "," + row % 2)),
                arguments(
                        "numbers beyond double",
                        table(row -> row + "," + (row % 9 == 0 ? "-1e999" : "9".repeat(400)) + ",x" + row % 3 + ","
                                + row % 2)),
                arguments(
                        "numbers at the edge of double",
                        table(row -> row + "," + (row % 7 - 3) * 5 + "e307,x" + row % 3 + "," + row % 2)),
                arguments(
                        "Windows-1252",
                        table(row -> row + "," + row + ",\u00e9" + row % 3 + "," + row % 2)
                                .getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddTables")
    void takesWhatCanBeRead(String name, Object content) throws IOException {
        Files.write(home.resolve("t.csv"), content instanceof byte[] bytes ? bytes : bytes(content.toString()));

        Said said = Said.by(
                home,
                "-C",
                "run",
                "--to",
                "prepare-features",
                "--date",
                DATE,
                "--set",
                "data.source=t.csv",
                "--set",
                "data.target=y");

        assertThat(said.code()).as(said.err()).isZero();
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
                arguments("trian: {}", "pipeline.yaml:1: unknown key 'trian'; did you mean 'train'?"),
                arguments("data: {split: {test: -1}}", "data.split.test: -1 is below 0"),
                arguments("threads: 100000000", "threads: 100000000 is above"),
                arguments("seed: 1e400", "seed: '1e400' is not a whole number"),
                arguments("train: {model: xgbost}", "there is no model 'xgbost'; did you mean 'xgboost'?"),
                arguments("train: {params: {max_dept: 3}}", "did you mean 'max_depth'?"),
                arguments("train: {params: {max_depth: -3}}", "max_depth: -3 is below"),
                arguments("name: ../evil", "'../evil' cannot be a model's name"),
                arguments("a: [1,", "pipeline.yaml:2: not valid yaml"),
                arguments("- a", "expected keys and values"),
                arguments("a: \0", "not valid yaml"),
                arguments("[".repeat(100_000), "levels deep"),
                arguments("a: " + "{a: ".repeat(9_000) + "1" + "}".repeat(9_000), "levels deep"),
                arguments(bomb(), "aliases"),
                arguments("a: " + "x".repeat(6_000_000), "larger than 5 MB"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void refusesConfigurationsBeforeAnyWork(String yaml, String words) throws IOException {
        Files.writeString(home.resolve("pipeline.yaml"), yaml + "\n");

        refused(Said.by(home, "-C", "run", "--date", DATE), 2, words);
        assertThat(home.resolve("runs")).doesNotExist();
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                arguments(List.of("--set", "foo"), "KEY=VALUE"),
                arguments(List.of("--set", "=1"), "unknown key ''"),
                arguments(List.of("--set", "seed.x=3"), "seed: expected a single value"),
                arguments(List.of("--param", "max_depth"), "NAME=VALUE"),
                arguments(List.of("--param", "max_depth=1e9"), "not a whole number"),
                arguments(List.of("--model", "nosuch"), "there is no model 'nosuch'"),
                arguments(List.of("--date", "2026-13-45"), "'2026-13-45' is no date such as 2026-01-02"),
                arguments(List.of("--date", "+999999999-01-01"), "is no date"),
                arguments(List.of("--lock-timeout", "-5"), "at least 0 seconds"),
                arguments(List.of("--lock-timeout", "soon"), "'soon' is not an int"),
                arguments(List.of("--profile", "none"), "no such profile"),
                arguments(List.of("--config", "none.yaml"), "none.yaml: no such file"),
                arguments(List.of("--forse"), "did you mean '--force'"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void refusesFlagsBeforeAnyWork(List<String> flags, String words) {
        String[] command = Stream.concat(Stream.of("-C", "run"), flags.stream()).toArray(String[]::new);

        refused(Said.by(home, command), 2, words);
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void aResultFileThatCannotBeWrittenIsToldOnce() {
        refused(Said.by(home, "-C", "gc", "--json-out", home.toString()), 2, "a folder: name a file to write");
    }

    @Test
    void refusesFilesToScoreAndKeepsTheEarlierPredictions() throws IOException {
        train();
        Files.writeString(home.resolve("p.csv"), "earlier");

        scoring("", 3, "is empty");
        scoring(HEADER, 3, "no rows to score");
        scoring("id,a\n1,2\n", 3, "lacks the column 'b'");
        scoring("y\n1\n", 3, "lacks 2 columns: 'a', 'b'");
        scoring("id;a;b\n1;2;x\n", 3, "'id;a;b': is data.format.delimiter right?");
        scoring(HEADER + "1,\"2,x,0\n", 3, "line 2: a quote");

        assertThat(home.resolve("p.csv")).hasContent("earlier");
        assertThat(home.resolve(".p.csv.partial")).doesNotExist();
    }

    @Test
    void writesPredictionsOnlyWhereAFileBelongs() throws IOException {
        train();

        refused(Said.by(home, "-C", "predict", "t.csv", "-o", "runs"), 2, "a folder: name a file to write");
        refused(Said.by(home, "-C", "predict", "t.csv", "-o", "t.csv/p.csv"), 2, "where a folder is needed");
    }

    private void scoring(String table, int code, String words) throws IOException {
        Files.writeString(home.resolve("new.csv"), table);
        refused(Said.by(home, "-C", "predict", "new.csv", "-o", "p.csv"), code, words);
    }

    /** A small model in runs/latest, whose file says how it is written. */
    private void train() throws IOException {
        Files.writeString(
                home.resolve("t.csv"), table(row -> row + "," + row * 37 % 101 + ",x" + row % 3 + "," + row % 2));
        Files.writeString(home.resolve("pipeline.yaml"), """
                data: {source: t.csv, target: y, id: [id], format: {delimiter: ","}}
                train: {model: decision_tree, cross_validation: {folds: 0}}
                """);
        Said said = Said.by(home, "-C", "run", "--to", "train", "--date", DATE);
        assertThat(said.code()).as(said.err()).isZero();
    }

    private static void refused(Said said, int code, String words) {
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
        assertThat(said.code()).as(said.err()).isEqualTo(code);
        assertThat(said.json().get("status").asText()).isEqualTo("failed");
        assertThat(said.json().get("exit_code").asInt()).isEqualTo(code);
    }

    private static String table(IntFunction<String> row) {
        return HEADER + String.join("\n", IntStream.range(0, 300).mapToObj(row).toList()) + "\n";
    }

    private static String rows(String label) {
        return String.join(
                        "\n",
                        IntStream.range(0, 200)
                                .mapToObj(row -> row + ",2,x," + label)
                                .toList()) + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cutOff() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(bytes(table(row -> row * 7919 % 1009 + "," + row + ",x," + row % 2)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    }

    /** Nine levels of nine aliases each: nine to the ninth values. */
    private static String bomb() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int level = 1; level < 10; level++) {
            yaml.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, String.join(",", Collections.nCopies(9, "*a" + (level - 1)))));
        }
        return yaml.toString();
    }
}
