package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What searches and ensembles make of tables that give little to learn from: a model, or words and an exit code. */
class PoorTablesTest {
    private static final String DATE = "2026-01-02";
    private static final List<String> LOGISTIC = List.of("--set", "automl.families=[baseline, logistic_regression]");

    /** What is asked for. */
    private enum Way {
        AUTOML("run", "--to", "train", "--model", "automl", "--max-models", "3", "--set", "automl.folds=3"),
        TUNE("tune", "--model", "decision_tree", "--trials", "3"),
        GREEDY("run", "--to", "train", "--ensemble", "greedy", "--families", "decision_tree,extra_trees");

        private final List<String> command;

        Way(String... command) {
            this.command = List.of(command);
        }
    }

    /** A table, and what is said of it beside its target. */
    private record Table(String name, String header, int rows, IntFunction<String> row, String... settings) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    Path home;

    static Stream<Arguments> learnable() {
        return Stream.of(
                        new Table(
                                "two rows of a class",
                                "a,b,y",
                                120,
                                row -> cells(row) + (row % 60 == 7 ? "rare" : "xyz".charAt(row % 3))),
                        new Table(
                                "two rows of a class that counts",
                                "a,b,y",
                                120,
                                row -> cells(row) + (row % 60 == 7 ? "rare" : "xyz".charAt(row % 3)),
                                "data.labels=[x, y, z, rare]"),
                        new Table(
                                "two positive rows",
                                "a,b,y",
                                120,
                                row -> cells(row) + (row % 60 == 7),
                                "data.labels=[\"true\", \"false\"]"),
                        new Table("more columns than rows", header(80), 40, row -> numbers(row, 80) + row % 2),
                        new Table(
                                "more columns than rows, for a number",
                                header(80),
                                40,
                                row -> numbers(row, 80) + new Random(row).nextGaussian()),
                        new Table("columns without a value", "a,m,n,y", 120, row -> numbers(row, 1) + ",," + row % 2),
                        new Table(
                                "infinite targets",
                                "a,b,y",
                                120,
                                row -> cells(row)
                                        + (row == 7
                                                ? "inf"
                                                : row == 9 ? "-Infinity" : row == 11 ? "1e999" : row * 0.37)),
                        new Table(
                                "a target that hardly varies",
                                "a,b,y",
                                120,
                                row -> cells(row) + (row < 2 ? 7.25 : 5.5),
                                "data.task=regression"),
                        new Table(
                                "a class in one group of three alone",
                                "g,a,b,y",
                                120,
                                row -> "g" + row % 12 + "," + cells(row) + (row % 12 < 3 ? row / 12 % 2 : 0),
                                "data.group=g",
                                "data.task=binary"))
                .flatMap(table -> Arrays.stream(Way.values()).map(way -> arguments(table, way)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("learnable")
    void learnsFrom(Table table, Way way) throws IOException {
        Said said = ask(table, way.command, List.of());

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).doesNotContain("Infinity", "NaN");
    }

    @Test
    void learnsFromTenThousandCategories() throws IOException {
        Table table = new Table(
                "categories",
                "c,a,y",
                20_000,
                row -> "c" + row % 10_000 + "," + new Random(row).nextGaussian() + "," + row % 2);

        Said said = ask(table, Way.AUTOML.command, LOGISTIC);

        assertThat(said.code()).as(said.err()).isZero();
    }

    static Stream<Arguments> hopeless() {
        return Stream.of(
                        arguments(
                                new Table(
                                        "a constant number",
                                        "a,b,y",
                                        120,
                                        row -> cells(row) + 5.5,
                                        "data.task=regression"),
                                "'y' is 5.5 in every row: there is nothing to learn"),
                        arguments(
                                new Table("a constant class", "a,b,y", 120, row -> cells(row) + "yes"),
                                "at least two classes are needed"),
                        arguments(
                                new Table(
                                        "two positive rows that nobody vouches for",
                                        "a,b,y",
                                        120,
                                        row -> cells(row) + (row % 60 == 7)),
                                "beside the too rare 'true' (2)"),
                        arguments(
                                new Table("no column with a value", "m,n,y", 120, row -> ",," + row % 2),
                                "every column is target, identifier, group, empty, constant or ignored"),
                        arguments(
                                new Table("numbers beyond all models", "a,b,y", 120, row -> cells(row) + row + "e300"),
                                "the target 'y' reaches 1.19e+302"),
                        arguments(
                                new Table(
                                        "a class in the newest rows alone",
                                        "day,a,b,y",
                                        300,
                                        row -> day(row) + "," + cells(row) + (row > 260 ? row % 2 : 0),
                                        "data.time=day"),
                                "these leave none of more than one class to learn from"),
                        arguments(
                                new Table(
                                        "a class in one group alone",
                                        "g,a,b,y",
                                        120,
                                        row -> "g" + row % 12 + "," + cells(row) + (row % 12 == 3),
                                        "data.group=g"),
                                "there are none of more than one class"))
                .flatMap(each -> Arrays.stream(Way.values()).map(way -> arguments(each.get()[0], way, each.get()[1])));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("hopeless")
    void refuses(Table table, Way way, String words) throws IOException {
        Said said = ask(table, way.command, List.of());

        assertThat(said.err()).contains(words).doesNotContain("\tat ");
        assertThat(said.code()).as(said.err()).isEqualTo(3);
        assertThat(home.resolve("runs").resolve(DATE).resolve("train")).doesNotExist();
        assertThat(home.resolve("runs").resolve(DATE).resolve("tune")).doesNotExist();
    }

    @Test
    void aLimitTooShortForAModelGivesTheBestThereIsAndSaysSo() throws IOException {
        Table table = new Table("many", header(20), 3000, row -> numbers(row, 20) + row % 2);

        Said said = ask(
                table,
                List.of("run", "--to", "train", "--model", "automl", "--time-limit", "1"),
                List.of("--set", "automl.families=[neural_network]"));

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("the time limit did not suffice to finish a model");
        assertThat(home.resolve("runs").resolve(DATE).resolve("train/bundle")).isDirectory();
    }

    @Test
    void modelsThatCannotBeKeptMeanwhileAreSaidAndNoReasonToStop() throws IOException {
        Files.createDirectory(home.resolve(".mlops"));
        Files.writeString(home.resolve(".mlops/checkpoints"), "no folder");

        Said said = ask(new Table("small", "a,b,y", 120, row -> cells(row) + row % 2), Way.AUTOML.command, List.of());

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("models could not be kept meanwhile");
    }

    private Said ask(Table table, List<String> way, List<String> further) throws IOException {
        String lines = String.join(
                "\n", IntStream.range(0, table.rows()).mapToObj(table.row()).toList());
        Files.writeString(home.resolve("t.csv"), table.header() + "\n" + lines + "\n");
        List<String> command = new ArrayList<>(List.of("-C"));
        command.addAll(way);
        command.addAll(List.of("--date", DATE, "--set", "data.source=t.csv", "--set", "data.target=y"));
        command.addAll(List.of("--set", "train.importance_rows=0"));
        for (String setting : table.settings()) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(further);
        return Said.by(home, command.toArray(String[]::new));
    }

    /** A number and a category, each with a comma behind it. */
    private static String cells(int row) {
        return numbers(row, 1) + "uvw".charAt(row * 7 % 3) + ",";
    }

    private static String numbers(int row, int count) {
        Random random = new Random(row);
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < count; i++) {
            cells.append(random.nextGaussian()).append(',');
        }
        return cells.toString();
    }

    private static String header(int columns) {
        return String.join(
                        ",", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList()) + ",y";
    }

    private static String day(int row) {
        return "2025-%02d-%02d".formatted(1 + row / 28, 1 + row % 28);
    }
}
