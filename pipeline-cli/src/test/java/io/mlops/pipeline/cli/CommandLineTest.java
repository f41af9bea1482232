package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.mlops.pipeline.stage.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATE = "2026-01-02";

    @TempDir
    Path home;

    @BeforeEach
    void sample() {
        assertThat(mlops(
                                "sample-data",
                                "--rows",
                                "600",
                                "--output",
                                home.resolve("credit.csv").toString())
                        .code())
                .isZero();
    }

    @Test
    void runsFromTheRawTableToAChampionAndAnswersARerunFromTheEarlierResult() {
        Said first = run();

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.json().get("verdict").asText()).isEqualTo("first");
        assertThat(first.json().get("metrics").get("auc").asDouble()).isBetween(0.5, 1.0);
        assertThat(first.err()).contains("learned ", "verdict ", "model version 1, the champion", "report.html");
        assertThat(home.resolve("runs/latest/evaluate/report.html")).isNotEmptyFile();

        Said again = run();
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("unchanged, answered from the earlier result");
        assertThat(first.json().get("cached").asBoolean()).isFalse();
        assertThat(again.json().get("cached").asBoolean()).isTrue();
        assertThat(again.json().get("version")).isEqualTo(first.json().get("version"));
        assertThat(first.json().get("promoted_before").asBoolean()).isFalse();
        assertThat(again.json().get("promoted_before").asBoolean()).isTrue();
    }

    @Test
    void aModelThatIsNotRegisteredIsNotCalledTheChampion() {
        run();
        Said another = project("run", "--to", "evaluate", "--date", DATE, "--set", "train.model=decision_tree");
        assertThat(another.code()).as(another.err()).isZero();
        assertThat(another.err()).contains("by decision_tree", "report.html").doesNotContain("version 1");
    }

    @Test
    void anotherAttemptOfTheSameRunSaysThatTheRunPromoted() {
        run();
        Said sameRun = mlops("-C", "register", "--date", DATE);
        assertThat(sameRun.code()).as(sameRun.err()).isZero();
        assertThat(sameRun.json().get("promoted").asBoolean()).isTrue();
        assertThat(sameRun.json().get("promoted_before").asBoolean()).isFalse();
    }

    @Test
    void predictsWithAModelThatIsNamedInAnyWay() {
        run();
        for (String model :
                List.of("model", "model/1", "model@champion", "runs/latest/train/bundle", "models/model/1")) {
            Said said = mlops("-C", "predict", "credit.csv", "--model", model);
            assertThat(said.code()).as(model + ": " + said.err()).isZero();
            assertThat(said.json().get("rows").asInt()).isEqualTo(600);
        }
        assertThat(mlops("-C", "predict", "credit.csv", "--model", "model/2").code())
                .isEqualTo(2);
    }

    @Test
    void explainsPredictionsInJsonAndInWords() throws IOException {
        run();
        assertThat(mlops("-C", "predict", "credit.csv", "--output", "plain.csv").code())
                .isZero();

        Said said = mlops("-C", "predict", "credit.csv", "--output", "why.csv", "--explain", "100");

        assertThat(said.code()).as(said.err()).isZero();
        List<String[]> plain = rows("plain.csv");
        List<String[]> explained = rows("why.csv");
        assertThat(explained.get(0)).endsWith("probability_1", "reasons", "reason_text", "error");
        for (int i = 1; i < explained.size(); i++) {
            String[] row = explained.get(i);
            int reasons = row.length - 3;
            assertThat(row).startsWith(Arrays.copyOf(plain.get(i), reasons));
            double logOdds = said.json().get("base").get(row[1]).get("log_odds").asDouble();
            double probability =
                    said.json().get("base").get(row[1]).get("probability").asDouble();
            for (JsonNode each : JSON.readTree(row[reasons])) {
                logOdds += each.get("log_odds").asDouble();
                probability += each.get("probability").asDouble();
                String value = each.get("value").isNull()
                        ? " missing ("
                        : " = " + each.get("value").asText() + " (";
                assertThat(row[reasons + 1]).contains(each.get("column").asText() + value);
            }
            double given = Double.parseDouble(row[row[1].equals("0") ? 2 : 3]);
            assertThat(probability).isCloseTo(given, within(1e-5));
            assertThat(logOdds).isCloseTo(Math.log(given / (1 - given)), within(1e-5));
        }
        assertThat(explained.get(1)[explained.get(1).length - 2])
                .containsPattern(
                        "amount = \\d+(\\.\\d+)? \\([+-]\\d\\.\\d\\d log-odds, [+-]\\d+\\.\\d points of probability\\)")
                .contains("employed_since = 20");

        assertThat(mlops("-C", "predict", "credit.csv", "--explain", "0").err()).contains("at least 1 reason");
        assertThat(mlops("-C", "predict", "credit.csv", "--explain", "0").code())
                .isEqualTo(2);
    }

    private List<String[]> rows(String file) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(home.resolve(file))) {
            return csv.stream()
                    .map(each -> each.getFields().toArray(String[]::new))
                    .toList();
        }
    }

    @Test
    void theReportWarnsOfWhatWasFoundInTheData() throws IOException {
        run();

        assertThat(Files.readString(home.resolve("runs/latest/evaluate/report.html")))
                .contains("application_id: the column names the rows");
    }

    @Test
    void aModelThatIsNotBetterTheNextDayLeavesTheChampionAndExits99() {
        run();

        Said next = project("run", "--date", "2026-01-03");

        assertThat(next.code()).isEqualTo(99);
        assertThat(next.json().get("verdict").asText()).isEqualTo("not_better");
        assertThat(next.json().get("promoted").asBoolean()).isFalse();
    }

    @Test
    void aChampionThatMayHaveLearnedFromTheTestRowsIsNamed() {
        run();

        assertThat(project("run", "--date", "2026-01-03").json().get("reason").asText())
                .doesNotContain("flatters");
        assertThat(project("run", "--date", "2026-01-04", "--set", "data.split.test=0.3")
                        .json()
                        .get("reason")
                        .asText())
                .contains("split otherwise", "flatters");
    }

    @Test
    void aRejectedModelExits4WhereThatIsAskedFor() {
        Said rejected =
                project("run", "--date", DATE, "--fail-on-reject", "--set", "evaluate.gates.at_least={auc: 0.99}");

        assertThat(rejected.code()).isEqualTo(4);
        assertThat(rejected.json().get("verdict").asText()).isEqualTo("rejected");
        assertThat(home.resolve("models")).doesNotExist();
    }

    @Test
    void aDryRunSaysWhatWouldBeComputedAndWhy() {
        assertThat(project("run", "--date", DATE, "--dry-run").err()).contains("no earlier result");
        run();

        Said changed = project("run", "--date", DATE, "--dry-run", "--param", "max_depth=3");

        assertThat(changed.err())
                .contains("prepare-data      cached")
                .contains("train.params.max_depth changed: null -> 3")
                .contains("its input comes from train");
        assertThat(changed.json().get("plan").get("train").get("cached").asBoolean())
                .isFalse();
    }

    @Test
    void namesThatDifferInCaseOnlyAreTwoColumns() throws IOException {
        StringBuilder rows = new StringBuilder("a,A,Y\n");
        for (int i = 0; i < 300; i++) {
            rows.append(i * 37 % 101).append(',').append(i % 2 == 0 ? "left" : "right");
            rows.append(',').append(i * 37 % 101 > 50 ? "yes" : "no").append('\n');
        }
        Files.writeString(home.resolve("case.csv"), rows);

        assertThat(mlops(
                                "-C",
                                "prepare-data",
                                "--input",
                                home.resolve("case.csv").toString(),
                                "--target",
                                "Y")
                        .code())
                .isZero();
        assertThat(mlops("-C", "prepare-features").code()).isZero();
        Said train = mlops("-C", "train", "--model", "decision_tree", "--set", "train.cross_validation.folds=2");

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.json().get("metrics").get("cv_auc").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void theOldThreeCommandsWorkWithFilesAlone() {
        Path input = home.resolve("credit.csv");
        Said data = mlops(
                "-C", "prepare-data", "--input", input.toString(), "--target", "default", "--save", "--date", DATE);
        Said features = mlops(
                "-C", "prepare-features", "--train", "data/processed/X.csv", "--save-preprocessor", "--date", DATE);
        Said train = mlops("-C", "train", "--model", "logistic_regression", "--date", DATE);

        assertThat(List.of(data.code(), features.code(), train.code()))
                .as(data.err() + features.err() + train.err())
                .containsOnly(0);
        assertThat(home.resolve("models/preprocessor.json")).isNotEmptyFile();
        Said predict = mlops(
                "-C",
                "predict",
                "--model",
                "logistic_regression",
                "--X-test",
                "data/processed/X_test.csv",
                "--y-test",
                "data/processed/y_test.csv",
                "--output",
                "p.csv",
                "--proba",
                "--save",
                "--batch-size",
                "100");
        assertThat(predict.code()).as(predict.err()).isZero();
        assertThat(predict.json().get("metrics").get("auc").asDouble()).isBetween(0.5, 1.0);
        assertThat(home.resolve("p.csv"))
                .content()
                .startsWith("application_id,prediction,probability_0,probability_1,error\n");
    }

    @Test
    void trainsOnFilesThatTheUserMadeWithTheTargetBeside() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        StringBuilder labels = new StringBuilder("y\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i * 37 % 101).append(',').append(i * 53 % 97).append('\n');
            labels.append(i * 37 % 101 > 50 ? "yes" : "no").append('\n');
        }
        Files.writeString(home.resolve("X_train.csv"), rows);
        Files.writeString(home.resolve("y_train.csv"), labels);

        Said train = mlops(
                "-C",
                "train",
                "--X-train",
                "X_train.csv",
                "--y-train",
                "y_train.csv",
                "--model",
                "decision_tree",
                "--no-smote",
                "--output",
                "mine",
                "--model-version",
                "v7",
                "--date",
                DATE);

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(home.resolve("models/mine/candidate/bundle.json")).content().contains("v7");
        assertThat(mlops("-C", "evaluate", "--date", DATE).code()).isZero();
    }

    @Test
    void aRollbackBringsTheFormerChampionBackAndARerunLeavesItThere() {
        run();
        project("run", "--date", "2026-01-03", "--set", "seed=7", "--set", "evaluate.gates.confidence=0.5");
        assertThat(project("promote", "2", "--why", "trial").code()).isZero();
        assertThat(project("rollback").json().get("version").asInt()).isEqualTo(1);

        assertThat(project("rollback").code()).isEqualTo(2);
        run();
        assertThat(home.resolve("models/model/history.jsonl")).content().contains("rolled_back", "trial");
    }

    @Test
    void aRejectedBatchExits3PublishesNothingAndLeavesTheEvidence() {
        Said rejected = project("run", "--date", DATE, "--set", "data.expectations=[{rule: min_rows, value: 1000000}]");

        assertThat(rejected.code()).isEqualTo(3);
        assertThat(rejected.json().get("status").asText()).isEqualTo("failed");
        assertThat(rejected.json().get("error").asText()).contains("fewer than the expected 1000000");
        assertThat(home.resolve("runs/" + DATE + "/prepare-data")).doesNotExist();
        assertThat(home.resolve("runs/" + DATE + "/prepare-data.failed/validation.json"))
                .exists();
        assertThat(home.resolve("runs/" + DATE + "/run.json")).content().contains("FAILED");
    }

    @Test
    void configurationProblemsExit2WithAllOfThem() {
        Said wrong = project("run", "--set", "sed=1", "--set", "data.split.test=7");

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("did you mean 'seed'?", "the largest allowed")
                .doesNotContain("\tat ");
    }

    @Test
    void flagsThatCannotBeReadExit2WithAMessageAndAHint() {
        Said wrong = mlops("run", "--dat", "2026-01-02");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--dat", "did you mean '--date'?", "mlops run --help");
        assertThat(wrong.err().lines()).hasSizeLessThan(4);
        assertThat(wrong.json().get("exit_code").asInt()).isEqualTo(2);

        assertThat(mlops("run", "--date", "2026-13-45").err()).contains("2026-13-45");
        assertThat(mlops("trian").err()).contains("did you mean 'train'?");
        assertThat(mlops("--nosuch").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evaluate", "train", "register", "prepare-features", "predict"})
    void aCommandWhoseInputIsMissingSaysWhatToRunFirst(String command) {
        Said said = mlops("-C", command);

        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.err()).contains("mlops").doesNotContain("\tat ");
    }

    @Test
    void theDateInASourceIsThatOfTheRun() throws IOException {
        Files.createDirectories(home.resolve("days"));
        Files.copy(home.resolve("credit.csv"), home.resolve("days/" + DATE + ".csv"));
        Files.writeString(home.resolve("pipeline.yaml"), "data: {source: 'days/{date}.csv', target: default}");

        Said first = mlops("-C", "prepare-data", "--date", DATE);
        assertThat(first.code()).as(first.err()).isZero();
        Said missing = mlops("-C", "prepare-data", "--date", "2026-01-03");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.json().get("error").asText())
                .contains(home.resolve("days/2026-01-03.csv").toString(), "days/{date}.csv", "--date");

        Files.copy(home.resolve("credit.csv"), home.resolve("days/2026-01-03.csv"));
        Files.writeString(
                home.resolve("days/2026-01-04.csv"), Files.readString(home.resolve("credit.csv")) + "\n,,,\n");
        assertThat(cached("2026-01-03")).as("the same rows on another day").isTrue();
        assertThat(cached("2026-01-04")).as("other rows").isFalse();
        Files.copy(
                home.resolve("days/2026-01-04.csv"),
                home.resolve("days/" + DATE + ".csv"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(cached(DATE)).as("other rows on the same day").isFalse();
    }

    private boolean cached(String date) {
        Said planned = mlops("-C", "run", "--date", date, "--to", "prepare-data", "--dry-run");
        assertThat(planned.code()).as(planned.err()).isZero();
        return planned.json().get("plan").get("prepare-data").get("cached").asBoolean();
    }

    @Test
    void scoresTheFileOfTheDateThatTheConfigurationNames() throws IOException {
        run();
        Files.writeString(
                home.resolve("pipeline.yaml"), "predict: {source: 'days/{date}.csv', output: 'scored/{date}.csv'}\n");
        Files.createDirectories(home.resolve("days"));
        Files.copy(home.resolve("credit.csv"), home.resolve("days/2026-01-03.csv"));

        Said said = mlops("-C", "predict", "--date", "2026-01-03");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().get("date").asText()).isEqualTo("2026-01-03");
        assertThat(said.json().get("outputs").get("predictions").asText())
                .isEqualTo(home.resolve("scored/2026-01-03.csv").toString());
        assertThat(Files.readAllLines(home.resolve("scored/2026-01-03.csv"))).hasSize(601);
        Said missing = mlops("-C", "predict", "--date", "2026-01-04");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("2026-01-04.csv does not exist");
        assertThat(home.resolve("scored/2026-01-04.csv")).doesNotExist();
        assertThat(mlops("-C", "predict", "credit.csv", "--output", "p.csv").code())
                .isZero();
        assertThat(home.resolve("p.csv")).exists();
    }

    @Test
    void initAndTheDoctorLookAtTheFileOfTheDate() throws IOException {
        Path file = home.resolve("days/" + DATE + ".csv");
        Files.createDirectories(file.getParent());
        Files.copy(home.resolve("credit.csv"), file);

        Said init = mlops("-C", "init", "days/{date}.csv", "--date", DATE, "--target", "default", "--name", "credit");

        assertThat(init.code()).as(init.err()).isZero();
        assertThat(home.resolve("pipeline.yaml")).content().contains("days/{date}.csv");
        assertThat(mlops("-C", "doctor", "--date", DATE).code()).isZero();
        assertThat(mlops("-C", "doctor", "--date", "2026-01-09").err()).contains("2026-01-09.csv does not exist");
        assertThat(mlops("-C", "run", "--to", "prepare-data", "--date", DATE).code())
                .isZero();
    }

    @Test
    void sampleDataOfOneDayIsWhatThatDayHasAmongAll() throws IOException {
        String[] series = {"--rows", "50", "--days", "3", "--from", "2026-01-01", "--drift", "0.2"};
        assertThat(sampleData(series, "--output", home.resolve("all").toString())
                        .code())
                .isZero();

        Said one = sampleData(
                series,
                "--date",
                "2026-01-02",
                "--output",
                home.resolve("one.csv").toString());

        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.json().get("rows").asInt()).isEqualTo(50);
        assertThat(home.resolve("one.csv")).hasSameBinaryContentAs(home.resolve("all/2026-01-02.csv"));
        Said beyond = sampleData(
                series,
                "--date",
                "2026-01-04",
                "--output",
                home.resolve("no.csv").toString());
        assertThat(beyond.code()).isEqualTo(2);
        assertThat(beyond.err()).contains("2026-01-04");
    }

    private Said sampleData(String[] series, String... further) {
        List<String> arguments = new ArrayList<>(List.of("sample-data"));
        arguments.addAll(List.of(series));
        arguments.addAll(List.of(further));
        return mlops(arguments.toArray(new String[0]));
    }

    @Test
    void writesTheResultToAFileAndMessagesAsJsonWhenAsked() throws IOException {
        Path file = home.resolve("result.json");

        Said said = project("gc", "--json-out", file.toString(), "--log-format", "json");

        assertThat(JSON.readTree(Files.readString(file))).isEqualTo(said.json());
        assertThat(JSON.readTree(said.err().lines().findFirst().orElseThrow())
                        .get("level")
                        .asText())
                .isEqualTo("info");
    }

    @Test
    void quietSaysNothingButTheResult() {
        assertThat(project("gc", "--quiet").err()).isEmpty();
    }

    @Test
    void theDoctorFindsNothingWrongHere() {
        Said said = mlops("-C", "doctor");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("native library");
    }

    @Test
    void everyStageHasItsCommand() {
        assertThat(new picocli.CommandLine(new Main()).getSubcommands())
                .containsKeys(Stages.names().toArray(new String[0]));
    }

    private Said run() {
        return project("run", "--date", DATE);
    }

    /** A command of the project in the temporary folder, whose data is the sample. */
    private Said project(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-C", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--set",
                "data.source=credit.csv",
                "--set",
                "data.target=default",
                "--set",
                "train.cross_validation={folds: 2, repeats: 1}",
                "--set",
                "train.importance_rows=0"));
        return mlops(all.toArray(new String[0]));
    }

    private Said mlops(String... arguments) {
        return Said.by(home, arguments);
    }
}
