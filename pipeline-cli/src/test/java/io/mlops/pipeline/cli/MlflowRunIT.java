package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mlops.pipeline.cli.JarCommands.Ended;
import io.mlops.pipeline.tracking.mlflow.RunningMlflow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them, with a real MLflow server. */
class MlflowRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String NOWHERE = "http://127.0.0.1:9";

    @TempDir
    Path project;

    private final String model = "credit" + System.nanoTime();
    private String address = "";

    @BeforeEach
    void makeProject() throws Exception {
        address = RunningMlflow.shared().address();
        CreditProject.write(project, model, "decision_tree", 2);
    }

    private Ended mlops(Map<String, String> environment, String... arguments) throws Exception {
        return new JarCommands(project).run(environment, arguments);
    }

    private Ended mlops(String... arguments) throws Exception {
        return mlops(Map.of("MLFLOW_TRACKING_URI", address), arguments);
    }

    private String inPython(String code, String argument) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        RunningMlflow.python().toString(), "-W", "ignore", "-c", code, argument)
                .directory(project.toFile())
                .redirectError(project.resolve("python.log").toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", address);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(project.resolve("python.log")))
                .isZero();
        return output.strip();
    }

    private JsonNode post(String call, Object body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + call))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode get(String call) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + call))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    /** The runs of an experiment by their names; those of one name in no order. */
    private Map<String, List<JsonNode>> runs(String experiment) throws Exception {
        String id = get("experiments/get-by-name?experiment_name=" + experiment)
                .path("experiment")
                .path("experiment_id")
                .asText();
        Map<String, List<JsonNode>> runs = new TreeMap<>();
        ArrayNode found = (ArrayNode) post("runs/search", Map.of("experiment_ids", List.of(id), "max_results", 100))
                .withArray("runs");
        found.forEach(
                run -> runs.computeIfAbsent(run.path("info").path("run_name").asText(), name -> new ArrayList<>())
                        .add(run));
        return runs;
    }

    private static String status(JsonNode run) {
        return run.path("info").path("status").asText();
    }

    private static String tag(JsonNode run, String name) {
        for (JsonNode tag : run.path("data").path("tags")) {
            if (tag.path("key").asText().equals(name)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    @Test
    void aRunIsRecordedStageByStageAndItsModelIsServedFromTheRegistry() throws Exception {
        Ended run = mlops("run", "--date", "2026-01-02", "--mlflow-tags", "{\"team\": \"risk\"}");
        assertThat(run.code()).as(run.words()).isZero();
        Map<String, List<JsonNode>> runs = runs(model);
        assertThat(runs.keySet())
                .containsExactlyInAnyOrder(
                        "evaluate", model + " 2026-01-02", "prepare-data", "prepare-features", "register", "train");
        assertThat(runs.values())
                .allSatisfy(each -> assertThat(each).singleElement().satisfies(one -> assertThat(status(one))
                        .isEqualTo("FINISHED")));
        JsonNode parent = runs.get(model + " 2026-01-02").get(0);
        String id = parent.path("info").path("run_id").asText();
        assertThat(run.result().path("tracking_url").asText()).contains("/runs/" + id);
        assertThat(tag(parent, "team")).isEqualTo("risk");
        assertThat(tag(parent, "mlflow.note.content")).contains("2026-01-02");
        assertThat(tag(runs.get("train").get(0), "mlflow.parentRunId")).isEqualTo(id);
        assertThat(parent.path("data").path("metrics").toString()).contains("\"auc\"");
        assertThat(parent.path("inputs").path("dataset_inputs")).isNotEmpty();
        assertThat(get("artifacts/list?run_id=" + id).toString())
                .contains("report.html", "eval_results_table.json", "roc_curve_plot.png", "confusion_matrix.png");

        assertThat(mlops("predict", "credit.csv", "--model", "models:/" + model + "@champion", "-o", "remote.csv")
                        .code())
                .isZero();
        assertThat(mlops(
                                Map.of(),
                                "predict",
                                "credit.csv",
                                "--model",
                                "runs/2026-01-02/train/bundle",
                                "-o",
                                "local.csv")
                        .code())
                .isZero();
        assertThat(project.resolve("remote.csv")).hasSameTextualContentAs(project.resolve("local.csv"));

        assertThat(inPython("""
                        import sys, mlflow, pandas
                        model = mlflow.pyfunc.load_model(sys.argv[1])
                        theirs = model.predict(pandas.read_csv("credit.csv"))
                        ours = pandas.read_csv("remote.csv")
                        same = (theirs.prediction.to_numpy() == ours.prediction.to_numpy()).all()
                        columns = [name for name in ours.columns if name.startswith("probability_")]
                        print(same, len(columns), abs(theirs[columns] - ours[columns]).to_numpy().max() < 1e-6)
                        """, "models:/" + model + "@champion")).isEqualTo("True 2 True");

        Ended again = mlops("run", "--date", "2026-01-03", "--set", "train.params.max_depth=2");
        assertThat(again.code()).as(again.words()).isIn(0, 99);
        assertThat(again.result().path("version").asInt()).isEqualTo(2);
        assertThat(mlops("promote", "2", "--why", "a look at it").code()).isZero();
        Ended rollback = mlops("rollback");
        assertThat(rollback.code()).as(rollback.words()).isZero();
        assertThat(get("registered-models/alias?name=" + model + "&alias=champion")
                        .path("model_version")
                        .path("version")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void everyTrialOfASearchIsARunWithinThatOfTheSearch() throws Exception {
        assertThat(mlops("prepare-data", "--date", "2026-01-02").code()).isZero();
        Ended search = mlops("tune", "--date", "2026-01-02", "--trials", "3");
        assertThat(search.code()).as(search.words()).isZero();

        Map<String, List<JsonNode>> runs = runs(model);
        String id = runs.get("tune").get(0).path("info").path("run_id").asText();
        for (int trial = 0; trial < 3; trial++) {
            assertThat(runs.get("trial " + trial)).singleElement().satisfies(each -> {
                assertThat(tag(each, "mlflow.parentRunId")).isEqualTo(id);
                assertThat(status(each)).isIn("FINISHED", "KILLED");
                assertThat(each.path("data").path("params").toString()).contains("max_depth");
                assertThat(each.path("data").path("metrics").toString()).contains("_auc");
            });
        }
    }

    @Test
    void aRunThatFailsSaysWhyInItsRecord() throws Exception {
        Ended run =
                mlops("run", "--date", "2026-01-02", "--set", "data.expectations=[{rule: min_rows, value: 100000}]");
        assertThat(run.code()).as(run.words()).isEqualTo(3);
        Map<String, List<JsonNode>> runs = runs(model);
        assertThat(runs.keySet()).containsExactlyInAnyOrder(model + " 2026-01-02", "prepare-data");
        assertThat(runs.values()).allSatisfy(each -> {
            assertThat(status(each.get(0))).isEqualTo("FAILED");
            assertThat(tag(each.get(0), "pipeline.error"))
                    .isEqualTo(run.result().path("error").asText());
        });
    }

    @Test
    void aRunThatIsKilledIsRecordedAsKilled() throws Exception {
        for (boolean gently : new boolean[] {true, false}) {
            String experiment = model + gently;
            Process victim = new JarCommands(project)
                    .start(
                            List.of(),
                            Map.of("MLFLOW_TRACKING_URI", address, "MLFLOW_EXPERIMENT_NAME", experiment),
                            "run",
                            "--date",
                            "2026-01-0" + (gently ? 2 : 3),
                            "--set",
                            "train.model=xgboost",
                            "--set",
                            "train.params={rounds: 10000, early_stopping_rounds: 0}",
                            "--set",
                            "train.cross_validation.repeats=50");
            while (!runs(experiment).containsKey("train")) {
                assertThat(victim.isAlive())
                        .as(Files.readString(project.resolve("error.log")))
                        .isTrue();
                Thread.sleep(100);
            }
            long signalled = System.nanoTime();
            if (gently) {
                victim.destroy();
            } else {
                victim.destroyForcibly();
            }
            victim.waitFor();
            // A run that is ended by TERM tells the server itself, or has waited for it and says that it could not.
            boolean told =
                    gently && !new JarCommands(project).words().contains("'mlops sync' or the next run sends them");
            if (!told) {
                if (gently) {
                    assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isGreaterThan(Duration.ofSeconds(2));
                }
                Ended sync = mlops(
                        Map.of(
                                "MLFLOW_TRACKING_URI",
                                address,
                                "MLFLOW_EXPERIMENT_NAME",
                                experiment,
                                "MLFLOW_HTTP_REQUEST_TIMEOUT",
                                "10"),
                        "sync");
                assertThat(sync.code()).as(sync.words()).isZero();
            }
            Map<String, List<JsonNode>> runs = runs(experiment);
            String how = gently ? "ended by TERM" : "killed, then synced";
            assertThat(status(runs.get("train").get(0))).as(how).isEqualTo("KILLED");
            assertThat(status(runs.get(model + " 2026-01-0" + (gently ? 2 : 3)).get(0)))
                    .as(how)
                    .isEqualTo("KILLED");
            assertThat(status(runs.get("prepare-data").get(0))).as(how).isEqualTo("FINISHED");
        }
    }

    @Test
    void anOutageIsSaidAndMadeUpForBySync() throws Exception {
        Map<String, String> away = Map.of("MLFLOW_TRACKING_URI", NOWHERE);
        Ended run = mlops(away, "run", "--date", "2026-01-02");
        assertThat(run.code()).as(run.words()).isEqualTo(99);
        assertThat(run.words()).contains("cannot be reached").contains("mlops sync");
        assertThat(run.result().path("promoted").asBoolean()).isFalse();
        assertThat(run.result().has("tracking_url")).isFalse();

        Ended required = mlops(away, "run", "--date", "2026-01-02", "--tracking", "required");
        assertThat(required.code()).as(required.words()).isEqualTo(75);
        assertThat(mlops(away, "sync", "--timeout", "1").code()).isEqualTo(75);

        Ended sync = mlops("sync");
        assertThat(sync.code()).as(sync.words()).isZero();
        assertThat(runs(model).get(model + " 2026-01-02")).singleElement().satisfies(each -> assertThat(status(each))
                .isEqualTo("FINISHED"));
        assertThat(get("registered-models/alias?name=" + model + "&alias=champion")
                        .path("model_version")
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(mlops("predict", "credit.csv").words()).contains(model + " version 1");
    }

    @Test
    void theOldFlagsSayWhereAndUnderWhichName() throws Exception {
        Ended run = mlops(
                Map.of("MLFLOW_TRACKING_URI", NOWHERE),
                "run",
                "--date",
                "2026-01-02",
                "--mlflow-uri",
                address,
                "--mlflow-experiment",
                model + "-x",
                "--mlflow-run-name",
                "by hand",
                "--mlflow-reg-name",
                model + "-r");
        assertThat(run.code()).as(run.words()).isZero();
        assertThat(runs(model + "-x")).containsKey("by hand");
        assertThat(run.result().path("model").asText()).isEqualTo(model + "-r");
        Ended disabled =
                mlops(Map.of("MLFLOW_TRACKING_URI", NOWHERE), "run", "--date", "2026-01-04", "--mlflow-disable");
        assertThat(disabled.code()).as(disabled.words()).isZero();
        assertThat(project.resolve("models").resolve(model).resolve("1")).isDirectory();
        Ended wrong = mlops(Map.of(), "run", "--mlflow-uri", "http://ann:secret@host");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.words()).contains("MLFLOW_TRACKING_USERNAME").doesNotContain("secret");
    }
}
