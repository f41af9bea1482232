package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.data.sample.CreditSample;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for a small table, from the command to what train makes of it. */
class TuneCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The study that the tests look at. */
    private static final String DATE = "2026-01-05";

    @TempDir
    static Path home;

    @TempDir
    Path copies;

    private static Said first;

    @BeforeAll
    static void search() throws IOException {
        CreditSample.defaults().withRows(400).write(home.resolve("credit.csv"));
        Files.writeString(home.resolve("pipeline.yaml"), """
                data:
                  source: credit.csv
                  target: default
                train:
                  model: decision_tree
                  importance_rows: 0
                  cross_validation: {folds: 3, repeats: 1}
                tune:
                  trials: 14
                """);
        first = tune(DATE);
        assertThat(first.code()).as(first.err()).isZero();
    }

    @Test
    void proposesTheBestOfItsTrials() throws IOException {
        List<JsonNode> trials = study(DATE);
        double best = trials.stream()
                .filter(trial -> trial.get("status").asText().equals("finished"))
                .mapToDouble(trial -> trial.get("value").asDouble())
                .max()
                .orElseThrow();

        assertThat(trials).hasSize(14);
        assertThat(trials.get(0).get("origin").asText()).isEqualTo("current");
        assertThat(first.json().at("/metrics/best_cv_auc").asDouble()).isEqualTo(best);
        assertThat(first.json().at("/metrics/current_cv_auc").asDouble()).isLessThan(best);
        assertThat(first.err())
                .contains("max_depth: " + best(DATE).at("/parameters/max_depth").asText());
        assertThat(folder(DATE).resolve("report.html")).content().contains("Hyperparameter search", "current");
    }

    @Test
    void isAnsweredFromTheEarlierResultAndMadeAnewWhenForced() throws IOException {
        assertThat(tune(DATE).json().get("cached").asBoolean()).isTrue();
        List<JsonNode> before = study(DATE);

        Said forced = tune(DATE, "--force");

        assertThat(forced.json().get("cached").asBoolean()).isFalse();
        assertThat(forced.err()).doesNotContain("made before");
        assertThat(study(DATE)).isEqualTo(before);
    }

    @Test
    void goesOnFromWhereAKilledSearchWas() throws IOException {
        Path project = copy("killed");
        Path live;
        try (Stream<Path> files = Files.list(project.resolve(".mlops/studies"))) {
            live = files.findFirst().orElseThrow();
        }
        List<String> lines = Files.readAllLines(live);
        Files.writeString(live, String.join("\n", lines.subList(0, 6)) + "\n{\"number\":6,\"ori");
        Folders.delete(project.resolve("runs/" + DATE + "/tune"));
        Folders.delete(project.resolve(".mlops/cache"));

        Said resumed = Said.by(project, "-C", "tune", "--date", DATE);

        assertThat(resumed.err()).contains("6 of them made before");
        assertThat(study(project, DATE)).isEqualTo(study(DATE));
    }

    @Test
    void moreTrialsGoOnFromFewer() throws IOException {
        Path project = copy("more");

        Said more = Said.by(project, "-C", "tune", "--date", DATE, "--trials", "16");

        assertThat(more.err()).contains("14 of them made before");
        assertThat(study(project, DATE).subList(0, 14)).isEqualTo(study(DATE));
    }

    @Test
    void theTestRowsAreNeverLookedAt() throws IOException {
        Path project = copy("cheat");
        Path test = project.resolve("runs").resolve(DATE).resolve("prepare-data/test.arrow");
        Files.writeString(test, "whoever reads this fails");

        Said said = Said.by(project, "-C", "tune", "--date", DATE, "--force");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(study(project, DATE)).isEqualTo(study(DATE));
    }

    @Test
    void trainUsesTheNewestStudyAndSaysSo() throws IOException {
        Path project = copy("tuned");
        Said.by(project, "-C", "prepare-features", "--date", DATE);
        Said plain = Said.by(project, "-C", "train", "--date", DATE);
        Said tuned = Said.by(project, "-C", "train", "--date", DATE, "--set", "train.tuned=required");

        assertThat(cv(plain))
                .isCloseTo(first.json().at("/metrics/current_cv_auc").asDouble(), within(1e-12));
        assertThat(cv(tuned)).isCloseTo(first.json().at("/metrics/best_cv_auc").asDouble(), within(1e-12));
        assertThat(tuned.err()).contains("study of " + DATE);
        JsonNode manifest = JSON.readTree(project.resolve("runs")
                .resolve(DATE)
                .resolve("train/manifest.json")
                .toFile());
        assertThat(manifest.at("/summary/study").asText()).isEqualTo(DATE);
        assertThat(manifest.at("/inputs/study").asText()).hasSize(64);
        assertThat(manifest.at("/inputs/study").asText())
                .isEqualTo(JSON.readTree(project.resolve("runs")
                                .resolve(DATE)
                                .resolve("tune/manifest.json")
                                .toFile())
                        .at("/outputs/study.jsonl")
                        .asText());
    }

    @Test
    void trainTakesAStudyWhereThereIsOneThatBeganWithItsOwnHyperparameters() throws IOException {
        Path project = copy("auto");
        Said.by(project, "-C", "prepare-features", "--date", DATE);

        Said found = train(project, DATE);
        Said others = train(project, DATE, "--param", "max_depth=2");
        Said otherFamily = train(project, DATE, "--model", "baseline");
        Said.by(project, "-C", "run", "--to", "prepare-features", "--date", "2026-01-04");
        Said before = train(project, "2026-01-04");

        assertThat(cv(found)).isCloseTo(first.json().at("/metrics/best_cv_auc").asDouble(), within(1e-12));
        assertThat(found.err()).contains("study of " + DATE);
        for (Said without : List.of(others, otherFamily, before)) {
            assertThat(without.code()).as(without.err()).isZero();
            assertThat(without.err()).doesNotContain("study of");
        }
    }

    private static Said train(Path project, String date, String... further) {
        List<String> arguments = new ArrayList<>(List.of("-C", "train", "--date", date, "--set", "train.tuned=auto"));
        arguments.addAll(List.of(further));
        return Said.by(project, arguments.toArray(String[]::new));
    }

    @Test
    void aLaterSearchBeginsWithTheBestOfEarlierOnes() throws IOException {
        Path project = copy("later");
        Said later = Said.by(project, "-C", "tune", "--date", "2026-01-06", "--trials", "6");
        List<JsonNode> trials = study(project, "2026-01-06");

        assertThat(trials.get(1).get("origin").asText()).isEqualTo("study of " + DATE);
        assertThat(trials.get(1).get("parameters")).isEqualTo(best(DATE).get("parameters"));
        assertThat(later.json().at("/metrics/best_cv_auc").asDouble())
                .isGreaterThanOrEqualTo(first.json().at("/metrics/best_cv_auc").asDouble());
        // Of another metric it is no help.
        Said other = Said.by(project, "-C", "tune", "--date", "2026-01-07", "--trials", "2", "--metric", "log_loss");
        assertThat(other.code()).isZero();
        assertThat(study(project, "2026-01-07").get(1).get("origin").asText()).isEqualTo("tpe");
    }

    @Test
    void aLimitTooShortForOneTrialKeepsWhatIsNowAndSaysSo() throws IOException {
        Path project = copy("short");
        Said said = Said.by(project, "-C", "tune", "--date", "2026-01-04", "--time-limit", "0", "--sampler", "random");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("too short for one trial");
        assertThat(study(project, "2026-01-04")).hasSize(1);
        assertThat(said.json().at("/metrics/trials_cut_short").asInt()).isEqualTo(1);
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of(List.of("--trials", "0"), "below 1"),
                Arguments.of(List.of("--trials", "many"), "whole number"),
                Arguments.of(List.of("--time-limit", "-1"), "below 0"),
                Arguments.of(List.of("--jobs", "0"), "below 1"),
                Arguments.of(List.of("--metric", "luck"), "'luck'"),
                Arguments.of(List.of("--metric", "rmse"), "no metric of a binary target"),
                Arguments.of(List.of("--sampler", "magic"), "tpe"),
                Arguments.of(List.of("--model", "automl"), "name a family"),
                Arguments.of(List.of("--model", "baseline"), "nothing to search"),
                Arguments.of(List.of("--model", "linear_regression"), "regression targets"),
                Arguments.of(List.of("--set", "tune.space.depth={low: 1, high: 2}"), "max_depth"),
                Arguments.of(List.of("--set", "tune.space.max_depth={low: 5, high: 2}"), "above high"),
                Arguments.of(List.of("--set", "tune.space.max_depth={lowest: 5}"), "lowest"),
                Arguments.of(List.of("--param", "max_deep=3"), "max_depth"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrong(List<String> flags, String words) {
        Said said = tune(DATE, flags.toArray(String[]::new));

        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
    }

    @Test
    void trainRefusesToUseAStudyThatIsNotThere() {
        Said said = Said.by(
                home,
                "-C",
                "train",
                "--date",
                DATE,
                "--model",
                "knn",
                "--set",
                "train.tuned=required",
                "--no-evaluate");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("no study of 'knn'").contains("mlops tune");
    }

    private static Said tune(String date, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("-C", "tune", "--date", date));
        arguments.addAll(List.of(flags));
        return Said.by(home, arguments.toArray(String[]::new));
    }

    private static double cv(Said train) {
        assertThat(train.code()).as(train.err()).isZero();
        return train.json().at("/metrics/cv_auc").asDouble();
    }

    /** A project of its own that has come as far. */
    private Path copy(String name) throws IOException {
        Path project = copies.resolve(name);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files.filter(each -> !Files.isSymbolicLink(each))::iterator) {
                Files.copy(file, project.resolve(home.relativize(file).toString()));
            }
        }
        return project;
    }

    private static Path folder(String date) {
        return home.resolve("runs").resolve(date).resolve("tune");
    }

    private static JsonNode best(String date) throws IOException {
        return JSON.readTree(folder(date).resolve("best.json").toFile());
    }

    private static List<JsonNode> study(String date) throws IOException {
        return study(home, date);
    }

    /** The trials without their times. */
    private static List<JsonNode> study(Path project, String date) throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        for (String line :
                Files.readAllLines(project.resolve("runs").resolve(date).resolve("tune/study.jsonl"))) {
            ObjectNode trial = (ObjectNode) JSON.readTree(line);
            trial.remove(List.of("started", "seconds"));
            trials.add(trial);
        }
        return trials;
    }
}
