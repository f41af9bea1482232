package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.sample.CreditSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles of named families, as a person asks for them. */
class EnsembleCommandTest {
    private static final String DATE = "2026-01-02";

    @TempDir
    Path home;

    @BeforeEach
    void project() throws IOException {
        CreditSample.defaults().withRows(300).write(home.resolve("credit.csv"));
        Files.writeString(home.resolve("pipeline.yaml"), """
                name: credit
                data: {source: credit.csv, target: default}
                train: {importance_rows: 50}
                ensemble: {folds: 3, params: {decision_tree: {max_depth: 3}}}
                """);
    }

    @Test
    void twoFlagsMakeAModelThatIsEvaluatedAndScoresLikeAnyOther() throws IOException {
        Said said = run("--ensemble", "stacking", "--families", "decision_tree,logistic_regression");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.json().get("metrics").get("auc").asDouble()).isBetween(0.5, 1.0);
        Path train = home.resolve("runs").resolve(DATE).resolve("train");
        JsonNode ensemble = read(train.resolve("bundle/model/ensemble.json"));
        assertThat(ensemble.get("blend").asText()).isEqualTo("log");
        JsonNode entries = read(train.resolve("leaderboard.json")).get("entries");
        assertThat(entries).hasSize(2);
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.get("family").asText()).isEqualTo("decision_tree");
            assertThat(entry.get("parameters").get("max_depth").asInt()).isEqualTo(3);
        });
        JsonNode summary = read(train.resolve("training.json"));
        assertThat(summary.get("model").asText()).isEqualTo("ensemble");
        assertThat(summary.get("scores"))
                .as("what gave the weights claims no score")
                .isEmpty();
        Said predicted = Said.by(
                home,
                "-C",
                "predict",
                "credit.csv",
                "--model",
                train.resolve("bundle").toString());
        assertThat(predicted.code()).as(predicted.err()).isZero();
    }

    @Test
    void whatCannotBeCombinedIsRefusedInWords() {
        refused("ensemble.kind: 'mixing' is not one of bagging", "--ensemble", "mixing");
        refused("there is no family 'xgbost'", "--ensemble", "voting", "--families", "xgbost,svm");
        refused(
                "bagging combines the models of one family",
                "--ensemble",
                "bagging",
                "--families",
                "decision_tree,svm");
        refused("greedy combines two families or more", "--ensemble", "greedy", "--families", "decision_tree");
        refused("leave --model out, or these", "--ensemble", "voting", "--model", "svm");
        refused("leave --model out, or these", "--families", "svm,knn");
        refused("move them to ensemble.params", "--ensemble", "voting", "--param", "max_depth=3");
        refused(
                "ensemble.params.decision_tree.max_depth",
                "--ensemble",
                "bagging",
                "--families",
                "decision_tree",
                "--set",
                "ensemble.params.decision_tree.max_depth=deep");
        refused(
                "'linear_regression' learns regression targets",
                "--ensemble",
                "voting",
                "--families",
                "decision_tree,linear_regression");
    }

    private void refused(String words, String... arguments) {
        Said said = run(arguments);
        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
        assertThat(home.resolve("runs").resolve(DATE).resolve("train")).doesNotExist();
    }

    private Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-C", "run", "--to", "evaluate", "--date", DATE));
        all.addAll(List.of(arguments));
        return Said.by(home, all.toArray(String[]::new));
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
