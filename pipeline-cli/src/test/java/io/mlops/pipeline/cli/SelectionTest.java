package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a table with columns of noise to a model that does without them. */
class SelectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    @BeforeEach
    void project() throws IOException {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("day,first,second,noise1,noise2,noise3,kind,y\n");
        for (int row = 0; row < 600; row++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            table.append("%s,%s,%s,%s,%s,%s,%s,%s\n"
                    .formatted(
                            LocalDate.of(2024, 1, 1).plusDays(row / 2),
                            first,
                            second,
                            random.nextGaussian(),
                            random.nextGaussian(),
                            random.nextGaussian(),
                            "abc".charAt(random.nextInt(3)),
                            first - second + 0.3 * random.nextGaussian() > 0 ? "yes" : "no"));
        }
        Files.writeString(home.resolve("table.csv"), table);
        Files.writeString(home.resolve("pipeline.yaml"), """
                data: {source: table.csv, target: y}
                evaluate: {slices: [kind]}
                train:
                  model: logistic_regression
                  importance_rows: 0
                  cross_validation: {folds: 3, repeats: 1}
                """);
    }

    @Test
    void whatWasNotSelectedIsNamedInTheReportAndNeededNoMore() throws IOException {
        Said run = by("run", "--to", "evaluate", "--set", "features.select.method=shadow");
        assertThat(run.code()).as(run.err()).isZero();

        Path train = home.resolve("runs/latest/train");
        JsonNode selection = JSON.readTree(train.resolve("selection.json").toFile());
        List<String> kept = new ArrayList<>();
        selection.get("columns").forEach(column -> {
            if (column.get("kept").asBoolean()) {
                kept.add(column.get("name").asText());
            }
            assertThat(column.get("reason").asText()).endsWith("of 20 rounds");
        });
        assertThat(kept).containsExactly("first", "second");
        assertThat(selection.at("/all/mean").asDouble()).isGreaterThan(0.9);
        assertThat(selection.at("/selected/mean").asDouble())
                .isGreaterThan(selection.at("/all/mean").asDouble() - 0.01);
        assertThat(JSON.readTree(train.resolve("bundle/preprocessor.json").toFile())
                        .at("/dropped/noise1")
                        .asText())
                .startsWith("not selected: ");
        assertThat(home.resolve("runs/latest/evaluate/report.html"))
                .content()
                .contains("Columns selected", "Columns that went", "noise3");

        Files.writeString(
                home.resolve("others.csv"), without(List.of("noise1", "noise2", "kind"), home.resolve("table.csv")));
        assertThat(predictions("others.csv")).isEqualTo(predictions("table.csv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--model=automl --max-models=3 --set=automl.families=[logistic_regression,xgboost]",
                "--model=ensemble --families=logistic_regression,decision_tree"
            })
    void anEnsembleNeedsNoneOfTheColumnsThatNoFoldSelected(String model) throws IOException {
        List<String> train = new ArrayList<>(List.of(
                "run", "--to", "evaluate", "--set=features.select.method=shadow", "--set=features.select.rounds=10"));
        train.addAll(List.of(model.split(" ")));
        Said run = by(train.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();

        JsonNode selection =
                JSON.readTree(home.resolve("runs/latest/train/selection.json").toFile());
        List<String> kept = new ArrayList<>();
        int folds = selection.get("folds").asInt();
        selection.get("columns").forEach(column -> {
            assertThat(column.get("folds_kept").asInt() > 0)
                    .isEqualTo(column.get("kept").asBoolean());
            if (column.get("folds_kept").asInt() == folds) {
                kept.add(column.get("name").asText());
            }
        });
        assertThat(folds).isGreaterThan(2);
        assertThat(selection.get("model").asText()).isIn("xgboost", "logistic_regression");
        assertThat(selection.at("/all/folds").asInt()).isEqualTo(folds);
        assertThat(selection.at("/all/mean").asDouble()).isGreaterThan(0.85);
        assertThat(selection.at("/selected/mean").asDouble())
                .isGreaterThan(selection.at("/all/mean").asDouble() - 0.02);
        assertThat(kept).containsExactly("first", "second");
        assertThat(selection.get("columns"))
                .anyMatch(column -> !column.get("kept").asBoolean()
                        && column.get("name").asText().startsWith("noise"));
        assertThat(home.resolve("runs/latest/evaluate/report.html"))
                .content()
                .contains("Columns selected", "Columns that went", "models of all columns");

        List<String> gone = new ArrayList<>();
        selection.get("columns").forEach(column -> {
            if (!column.get("kept").asBoolean()) {
                gone.add(column.get("name").asText());
            }
        });
        Files.writeString(home.resolve("others.csv"), without(gone, home.resolve("table.csv")));
        assertThat(predictions("others.csv")).isEqualTo(predictions("table.csv"));
    }

    private List<String> predictions(String table) throws IOException {
        Said predicted = by("predict", table, "--model", "runs/latest/train/bundle", "--output", "predicted.csv");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        return Files.readAllLines(home.resolve("predicted.csv"));
    }

    private static String without(List<String> columns, Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        List<String> names = List.of(lines.get(0).split(","));
        return lines.stream()
                        .map(line -> {
                            String[] cells = line.split(",");
                            return IntStream.range(0, cells.length)
                                    .filter(i -> !columns.contains(names.get(i)))
                                    .mapToObj(i -> cells[i])
                                    .collect(Collectors.joining(","));
                        })
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    @Test
    void driftLosesTheColumnOfTheTime() throws IOException {
        Said run = by("run", "--to", "train", "--set", "data.time=day", "--set", "features.select.method=drift");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode selection =
                JSON.readTree(home.resolve("runs/latest/train/selection.json").toFile());
        selection.get("columns").forEach(column -> assertThat(column.get("kept").asBoolean())
                .as(column.get("name").asText())
                .isEqualTo(!column.get("name").asText().equals("day")));
    }

    @Test
    void informationWeighsTheFeaturesOfADateAndOfCategories() throws IOException {
        Said run = by(
                "run",
                "--to",
                "train",
                "--set",
                "features.select.method=information",
                "--set",
                "features.select.keep=2");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode selection =
                JSON.readTree(home.resolve("runs/latest/train/selection.json").toFile());
        assertThat(selection.get("columns")).hasSize(7);
        selection.get("columns").forEach(column -> assertThat(column.get("kept").asBoolean())
                .as(column.get("name").asText())
                .isEqualTo(
                        List.of("first", "second").contains(column.get("name").asText())));
    }

    @Test
    void whatTheTableCannotGiveIsRefusedInWords() {
        refused("drift compares the newest rows with the oldest, but no column is named in data.time", "method=drift");
        refused("features.select.keep: 70 columns cannot stay of 7", "method=gain", "keep=70");
        refused("keep is 2.5, which is neither a share below 1 nor a whole number of columns", "keep=2.5");
        refused("drift compares the newest rows", "method=drift", "--model=automl");
        refused("features.select.keep: 70 columns cannot stay of 7", "method=gain", "keep=70", "--model=automl");
        refused("features.select.keep: 70 columns cannot stay of 7", "method=gain", "keep=70", "--model=ensemble");
    }

    private void refused(String words, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("run", "--to", "train"));
        for (String setting : settings) {
            arguments.add(setting.startsWith("--") ? setting : "--set=features.select." + setting);
        }
        Said said = by(arguments.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
    }

    private Said by(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-C"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--date", "2026-01-02"));
        return Said.by(home, all.toArray(String[]::new));
    }
}
