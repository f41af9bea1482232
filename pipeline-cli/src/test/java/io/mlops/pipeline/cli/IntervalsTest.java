package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table to intervals and sets whose coverage is told. */
class IntervalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int ROWS = 1_500;

    @TempDir
    Path home;

    @Test
    void numbersGetBoundsThatHoldUnseenOnesAsOftenAsTheyPromise() throws IOException {
        project("y", "linear_regression", "");
        Said run = by("run", "--to", "evaluate");
        assertThat(run.code()).as(run.err()).isZero();

        JsonNode evaluation = evaluation();
        assertThat(evaluation.at("/coverage/level").asDouble()).isEqualTo(0.9);
        assertThat(evaluation.at("/coverage/source").asText()).isEqualTo("rows that no fold's model had seen");
        for (JsonNode level : evaluation.at("/coverage/levels")) {
            // 300 rows, of which the interval is a 95 % one: five of its half widths leave out chance.
            double half = (level.get("upper").asDouble() - level.get("lower").asDouble()) / 2;
            assertThat(level.get("level").asDouble())
                    .isBetween(
                            level.get("coverage").asDouble() - 2.5 * half - 0.01,
                            level.get("coverage").asDouble() + 2.5 * half + 0.01);
        }
        // The noise is normal with a deviation of 1: 3.29 for nine in ten.
        assertThat(run.json().at("/metrics/interval_width").asDouble()).isBetween(2.9, 3.8);
        assertThat(run.json().at("/metrics/coverage").asDouble()).isBetween(0.84, 0.96);
        assertThat(home.resolve("runs/latest/evaluate/report.html"))
                .content()
                .contains("How sure the model is", "Promised and measured coverage", "Coverage by kind");

        Said predicted = by("predict", "table.csv", "--model", "runs/latest/train/bundle", "--intervals", "0.5");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.json().at("/metrics/coverage").asDouble()).isBetween(0.45, 0.56);
        for (NamedCsvRecord row : read("predictions.csv")) {
            assertThat(row.getHeader()).containsExactly("prediction", "lower", "upper", "error");
            double value = Double.parseDouble(row.getField("prediction"));
            assertThat(Double.parseDouble(row.getField("lower"))).isLessThan(value);
            assertThat(Double.parseDouble(row.getField("upper"))).isGreaterThan(value);
        }
    }

    @Test
    void classesGetSetsAndDecisionsThatCostLess() throws IOException {
        project("kind", "logistic_regression", "  costs: {a: {b: 8, c: 8}}\npredict: {intervals: true, level: 0.8}\n");
        Said run = by("run", "--to", "evaluate");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(evaluation().at("/coverage/level").asDouble()).isEqualTo(0.8);
        assertThat(run.json().at("/metrics/coverage").asDouble()).isBetween(0.72, 0.9);
        assertThat(run.json().at("/metrics/cost").asDouble()).isPositive();

        Said predicted = by("predict", "table.csv", "--model", "runs/latest/train/bundle");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        double sizes = 0;
        double cost = 0;
        double costOfTheMostProbable = 0;
        List<NamedCsvRecord> rows = read("predictions.csv");
        List<NamedCsvRecord> table = read("table.csv");
        for (int row = 0; row < ROWS; row++) {
            List<String> labels = new ArrayList<>();
            JSON.readTree(rows.get(row).getField("prediction_set")).forEach(label -> labels.add(label.asText()));
            assertThat(labels).isNotEmpty().isSubsetOf("a", "b", "c").isSorted();
            sizes += labels.size();
            String truth = table.get(row).getField("kind");
            cost += cost(truth, rows.get(row).getField("prediction"));
            costOfTheMostProbable += cost(truth, mostProbable(rows.get(row)));
        }
        assertThat(predicted.json().at("/metrics/set_size").asDouble()).isEqualTo(sizes / ROWS);
        assertThat(predicted.json().at("/metrics/cost").asDouble()).isCloseTo(cost / ROWS, within(1e-12));
        assertThat(cost).isLessThan(0.8 * costOfTheMostProbable);
    }

    private static double cost(String truth, String decided) {
        return truth.equals(decided) ? 0 : truth.equals("a") ? 8 : 1;
    }

    private static String mostProbable(NamedCsvRecord row) {
        return Stream.of("a", "b", "c")
                .max(Comparator.comparingDouble(each -> Double.parseDouble(row.getField("probability_" + each))))
                .orElseThrow();
    }

    @Test
    void whatCannotBePromisedIsRefusedInWords() throws IOException {
        project("y", "linear_regression", "");
        assertThat(by("run", "--to", "train").code()).isZero();

        refused("0.9999", "the level 0.9999 of intervals is too high");
        refused("90", "give a share between 0 and 1");
        refused("rows.csv", "a file's name stands before --intervals");
        assertThat(home.resolve("predictions.csv")).doesNotExist();

        assertThat(by("run", "--to", "train", "--set", "train.cross_validation.folds=0")
                        .code())
                .isZero();
        refused("0.9", "the model has no intervals: no row was held out in training, and it takes 20");
    }

    private void refused(String level, String words) {
        Said said = by("predict", "table.csv", "--model", "runs/latest/train/bundle", "--intervals", level);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
    }

    private Said by(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-C"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--date", "2026-01-02"));
        return Said.by(home, all.toArray(String[]::new));
    }

    private JsonNode evaluation() throws IOException {
        return JSON.readTree(
                home.resolve("runs/latest/evaluate/evaluation.json").toFile());
    }

    private List<NamedCsvRecord> read(String file) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(home.resolve(file))) {
            return csv.stream().toList();
        }
    }

    /** Numbers that follow two others with noise, and three kinds that depend on one of them. */
    private void project(String target, String family, String more) throws IOException {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("first,second,kind,y\n");
        for (int row = 0; row < ROWS; row++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            double drawn = first + random.nextGaussian();
            String kind = drawn < -0.6 ? "a" : drawn < 0.6 ? "b" : "c";
            table.append("%s,%s,%s,%s\n".formatted(first, second, kind, 3 * first - second + random.nextGaussian()));
        }
        Files.writeString(home.resolve("table.csv"), table);
        Files.writeString(
                home.resolve("pipeline.yaml"), """
                data: {source: table.csv, target: %s}
                evaluate: {slices: [%s]}
                train:
                  model: %s
                  importance_rows: 0
                  cross_validation: {folds: 4, repeats: 1}
                """.formatted(target, target.equals("y") ? "kind" : "", family) + more);
    }
}
