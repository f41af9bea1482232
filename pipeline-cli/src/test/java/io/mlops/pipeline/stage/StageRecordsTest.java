package io.mlops.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.progress.Progress;
import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.RunUpdate.Artifact;
import io.mlops.pipeline.tracking.RunUpdate.DatasetUse;
import io.mlops.pipeline.tracking.RunUpdate.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded of real runs, one of each task. */
class StageRecordsTest {
    /** Class names that MLflow would not take as they are. */
    private static final List<String> LABELS = List.of("a/b", "50 %", "..");

    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    static Path folder;

    private static final Map<Kind, Recorded> RUNS = new EnumMap<>(Kind.class);

    private enum Kind {
        BINARY("auc"),
        MULTICLASS("log_loss"),
        REGRESSION("rmse");

        private final String metric;

        Kind(String metric) {
            this.metric = metric;
        }
    }

    /** A finished run, and what is recorded of it. */
    private record Recorded(Run run, Map<String, Manifest> manifests, Map<String, RunUpdate> stages, RunUpdate whole) {
        static Recorded of(Run run, Map<String, Manifest> manifests) {
            RunUpdate.Builder whole = RunUpdate.builder("k", null, "run", Instant.EPOCH);
            Map<String, RunUpdate> stages = new LinkedHashMap<>();
            for (Stage stage : Stages.all()) {
                RunUpdate.Builder own = RunUpdate.builder("k/" + stage.name(), "k", stage.name(), Instant.EPOCH);
                Manifest manifest = manifests.get(stage.name());
                StageRecords.describe(run, stage, manifest, new StageRecord(own, whole));
                stages.put(stage.name(), own.running());
            }
            return new Recorded(run, manifests, stages, whole.running());
        }

        RunUpdate stage(String name) {
            return stages.get(name);
        }

        List<RunUpdate> all() {
            List<RunUpdate> all = new ArrayList<>(stages.values());
            all.add(whole);
            return all;
        }
    }

    @BeforeAll
    static void runAll() throws IOException {
        for (Kind kind : Kind.values()) {
            Run run = project(kind);
            Map<String, Manifest> manifests = new LinkedHashMap<>();
            StageRunner runner = new StageRunner(run, "r");
            for (Stage stage : Stages.all()) {
                manifests.put(stage.name(), runner.execute(stage, false));
            }
            RUNS.put(kind, Recorded.of(run, manifests));
        }
    }

    private static Run project(Kind kind) throws IOException {
        Path home = Files.createDirectories(folder.resolve(kind.name()));
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder csv = new StringBuilder("x,group,day,flag,y\n");
        for (int i = 0; i < 300; i++) {
            double x = random.nextDouble();
            String y =
                    switch (kind) {
                        case BINARY -> x + random.nextDouble() > 1.2 ? "yes" : "no";
                        case MULTICLASS -> LABELS.get(Math.min(2, (int) (x * 2.5 + random.nextDouble())));
                        case REGRESSION -> Double.toString(10 + 5 * x + random.nextDouble());
                    };
            csv.append(x)
                    .append(",g")
                    .append(i % 4)
                    .append(",2025-01-")
                    .append(10 + i % 20)
                    .append(i % 2 == 0 ? ",true," : ",false,")
                    .append(i == 3 ? "" : y)
                    .append('\n');
        }
        Files.writeString(home.resolve("rows.csv"), csv);
        Files.writeString(home.resolve("pipeline.yaml"), """
                name: small
                data:
                  source: rows.csv
                  target: y
                train:
                  model: xgboost
                  cross_validation:
                    folds: 3
                    repeats: 1
                tune:
                  trials: 5
                evaluate:
                  resamples: 200
                  slices: [group]
                """);
        return new Run(
                home, ConfigLoader.load(home.resolve("pipeline.yaml"), null, Map.of(), Map.of()), DATE, Progress.NONE);
    }

    @Test
    void everyTrialOfASearchHasARunBelowThatOfTheSearch() {
        Run run = RUNS.get(Kind.BINARY).run();
        Manifest manifest = new StageRunner(run, "r").execute(new TuneStage(false), false);
        StageRecord record = new StageRecord(
                RunUpdate.builder("k/tune/1", "k", "tune", Instant.EPOCH),
                RunUpdate.builder("k", null, "run", Instant.EPOCH));

        StageRecords.describe(run, new TuneStage(false), manifest, record);

        assertThat(record.parts()).hasSize(5).allSatisfy(trial -> {
            assertThat(trial.parent()).isEqualTo("k/tune/1");
            assertThat(trial.root()).isEqualTo("k");
            assertThat(trial.parameters()).containsKeys("learning_rate", "max_depth");
            assertThat(trial.metrics()).extracting(Measurement::name).contains("auc_steps");
            assertThat(trial.ended()).isNotNull();
        });
        assertThat(record.parts()).extracting(RunUpdate::key).startsWith("k/tune/1/trial-0", "k/tune/1/trial-1");
        assertThat(record.parts().get(0).status()).isEqualTo(RunUpdate.Status.FINISHED);
        assertThat(record.parts().get(0).tags()).containsEntry("pipeline.trial_origin", "current");
        assertThat(record.stage().running().artifacts())
                .extracting(Artifact::path)
                .contains("study.jsonl", "best.json", "report.html");
    }

    @ParameterizedTest
    @EnumSource
    void everyNameIsOneThatMlflowTakes(Kind kind) {
        for (RunUpdate update : RUNS.get(kind).all()) {
            assertThat(update.parameters().keySet()).allMatch(RecordNamesTest::isTaken);
            assertThat(update.metrics()).allMatch(metric -> RecordNamesTest.isTaken(metric.name()));
            assertThat(update.metrics())
                    .as("no number is told twice")
                    .doesNotHaveDuplicates()
                    .allMatch(metric -> !Double.isInfinite(metric.value()));
            assertThat(update.parameters().values()).allMatch(value -> value.length() <= RunFacts.LONGEST_PARAMETER);
            assertThat(update.tags().values()).allMatch(value -> value.length() <= RunFacts.LONGEST_TAG);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyArtifactIsThere(Kind kind) {
        Recorded recorded = RUNS.get(kind);
        for (RunUpdate update : recorded.all()) {
            assertThat(update.artifacts()).allMatch(artifact -> Files.isRegularFile(artifact.file()));
            assertThat(paths(update)).doesNotHaveDuplicates();
        }
        assertThat(paths(recorded.stage("prepare-data")))
                .containsExactlyInAnyOrder("manifest.json", "profile.json", "validation.json", "schema.json");
        assertThat(paths(recorded.stage("prepare-features")))
                .containsExactlyInAnyOrder("manifest.json", "preprocessor.json");
        assertThat(paths(recorded.stage("train")))
                .containsExactlyInAnyOrder("manifest.json", "training.json", "feature_importance.json");
        assertThat(paths(recorded.stage("evaluate"))).containsExactlyInAnyOrder("manifest.json", "evaluation.json");
        assertThat(paths(recorded.stage("register"))).containsExactlyInAnyOrder("manifest.json", "registration.json");
        assertThat(paths(recorded.whole()))
                .contains(
                        "report.html",
                        "eval_results_table.json",
                        "feature_importance.json",
                        "feature_importance.png",
                        "learning_curve.png",
                        "cross_validation_folds.png")
                .contains(
                        kind == Kind.REGRESSION
                                ? new String[] {"residuals.png", "predicted_vs_actual.png"}
                                : new String[] {
                                    "confusion_matrix.png",
                                    "roc_curve_plot.png",
                                    "precision_recall_curve_plot.png",
                                    "calibration_curve_plot.png"
                                })
                .doesNotContain("timings.png");
        if (kind == Kind.BINARY) {
            assertThat(paths(recorded.whole())).contains("lift_curve_plot.png");
        }
    }

    @ParameterizedTest
    @EnumSource
    void settingsAreParameters(Kind kind) {
        Recorded recorded = RUNS.get(kind);
        assertThat(recorded.stage("prepare-data").parameters())
                .containsEntry("data.source", "rows.csv")
                .containsEntry("data.split.test", "0.2")
                .containsEntry("data.split.by", "random")
                .doesNotContainValue(null);
        for (RunUpdate update : List.of(recorded.stage("train"), recorded.whole())) {
            assertThat(update.parameters())
                    .containsEntry("model", "xgboost")
                    .containsEntry("grow_policy", "depthwise")
                    .containsKeys("rounds", "max_depth");
        }
        assertThat(recorded.stage("prepare-features").parameters().get("steps.tree"))
                .contains("number 2");
    }

    @ParameterizedTest
    @EnumSource
    void foldsAndRoundsAreSteps(Kind kind) {
        RunUpdate train = RUNS.get(kind).stage("train");
        assertThat(steps(train, "folds/" + kind.metric)).containsExactly(1L, 2L, 3L);
        Map<String, List<Measurement>> learning = train.metrics().stream()
                .filter(metric -> metric.name().startsWith("learning/"))
                .collect(Collectors.groupingBy(Measurement::name));
        assertThat(learning).hasSize(2);
        assertThat(learning.keySet())
                .anyMatch(name -> name.startsWith("learning/train_"))
                .anyMatch(name -> name.startsWith("learning/validation_"));
        assertThat(learning.values()).allSatisfy(curve -> {
            assertThat(curve).hasSizeGreaterThan(1);
            assertThat(curve.get(0).step()).isEqualTo(1);
            assertThat(curve.get(curve.size() - 1).step()).isEqualTo(curve.size());
        });
        for (RunUpdate update : List.of(train, RUNS.get(kind).whole())) {
            double mean = value(update, "cv_" + kind.metric);
            double folds = train.metrics().stream()
                    .filter(metric -> metric.name().equals("folds/" + kind.metric))
                    .mapToDouble(Measurement::value)
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(folds, org.assertj.core.data.Offset.offset(1e-9));
            assertThat(value(update, "cv_" + kind.metric + "_deviation")).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void testMetricsHaveTheEndsOfTheirIntervals(Kind kind) {
        Recorded recorded = RUNS.get(kind);
        for (RunUpdate update : List.of(recorded.stage("evaluate"), recorded.whole())) {
            assertThat(value(update, kind.metric))
                    .isBetween(value(update, kind.metric + "_lower"), value(update, kind.metric + "_upper"));
            assertThat(update.tags()).containsEntry("verdict", "first").containsKey("reason");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothTablesAreNamed(Kind kind) {
        Recorded recorded = RUNS.get(kind);
        for (RunUpdate update : List.of(recorded.stage("prepare-data"), recorded.whole())) {
            assertThat(update.datasets()).extracting(DatasetUse::context).containsExactly("training", "testing");
            DatasetUse training = update.datasets().get(0);
            assertThat(training.name()).isEqualTo("rows.csv");
            assertThat(training.digest())
                    .hasSize(32)
                    .isNotEqualTo(update.datasets().get(1).digest());
            assertThat(training.columns())
                    .containsEntry("x", "double")
                    .containsEntry("group", "string")
                    .containsEntry("day", "datetime")
                    .containsEntry("flag", "boolean");
            assertThat(training.profile()).containsEntry("num_columns", 5);
            assertThat((long) training.profile().get("num_rows")
                            + (long) update.datasets().get(1).profile().get("num_rows"))
                    .isEqualTo(299);
        }
        assertThat(recorded.stage("train").datasets())
                .extracting(DatasetUse::context)
                .containsExactly("training");
        assertThat(recorded.stage("evaluate").datasets())
                .extracting(DatasetUse::context)
                .containsExactly("testing");
        assertThat(value(recorded.stage("prepare-data"), "rejected/target_missing"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyStageTellsWhatItTook(Kind kind) {
        RUNS.get(kind).stages().values().forEach(update -> {
            assertThat(value(update, "duration_seconds")).isNotNegative();
            assertThat(value(update, "system/cpu_seconds")).isPositive();
            assertThat(value(update, "system/peak_memory_megabytes")).isBetween(20.0, 20_000.0);
            assertThat(update.tags()).containsEntry("cached", "false");
            assertThat(update.tags().get("data_digest")).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void aStageFromTheCacheHasNoUseOfTheMachine() {
        Recorded recorded = RUNS.get(Kind.BINARY);
        Map<String, Manifest> cached = new LinkedHashMap<>();
        recorded.manifests()
                .forEach((name, manifest) -> cached.put(name, manifest.reusedBy(manifest.runId(), manifest.date())));

        Recorded again = Recorded.of(recorded.run(), cached);

        assertThat(again.stages().values()).allSatisfy(update -> {
            assertThat(update.tags()).containsEntry("cached", "true");
            assertThat(update.metrics()).noneMatch(metric -> metric.name().startsWith("system/"));
        });
    }

    @Test
    void eachClassHasMetricsOfItsOwn() {
        RunUpdate evaluate = RUNS.get(Kind.MULTICLASS).stage("evaluate");
        for (String label : LABELS) {
            assertThat(value(evaluate, "classes/" + RecordNames.part(label) + "/recall"))
                    .isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTableHoldsAllRowsAndEachSlice(Kind kind) throws IOException {
        Recorded recorded = RUNS.get(kind);
        Path file = recorded.run().folder("evaluate").resolve("eval_results_table.json");
        JsonNode table = Json.read(file, JsonNode.class);
        assertThat(table.path("columns").toString()).contains(kind.metric, kind.metric + "_lower");
        assertThat(table.path("data")).hasSize(5);
        assertThat(table.path("data")).allSatisfy(row -> assertThat(row).hasSameSizeAs(table.path("columns")));
        assertThat(recorded.whole().tags())
                .containsEntry("mlflow.loggedArtifacts", "[{\"path\":\"eval_results_table.json\",\"type\":\"table\"}]");
        JsonNode importance =
                Json.read(recorded.run().folder("train").resolve("feature_importance.json"), JsonNode.class);
        assertThat(importance.path("data")).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @EnumSource
    void aPersonReadsWhatWasLearned(Kind kind) {
        Recorded recorded = RUNS.get(kind);
        String note = recorded.whole().tags().get("mlflow.note.content");
        assertThat(note)
                .startsWith("**small**, 2026-01-02: ")
                .contains("by xgboost", "95 % interval", "**first**", "300 of rows.csv", "report.html");
        assertThat(RunDescription.ofModel(recorded.run()))
                .startsWith("**small**")
                .doesNotContain("report.html");
        for (RunUpdate update : List.of(recorded.stage("register"), recorded.whole())) {
            assertThat(update.tags())
                    .containsEntry("registered_model", "small")
                    .containsEntry("model_version", "1")
                    .containsEntry("promoted", "true");
        }
    }

    @Test
    void theChampionStandsBesideTheOneThatIsCompared() {
        Run first = RUNS.get(Kind.BINARY).run();
        Run next = new Run(first.home(), first.config(), DATE.plusDays(1), Progress.NONE);
        StageRunner runner = new StageRunner(next, "r2");
        Map<String, Manifest> manifests = new LinkedHashMap<>();
        for (Stage stage : Stages.all()) {
            manifests.put(stage.name(), runner.execute(stage, false));
        }

        Recorded recorded = Recorded.of(next, manifests);

        for (RunUpdate update : List.of(recorded.stage("evaluate"), recorded.whole())) {
            assertThat(value(update, "champion_auc")).isEqualTo(value(update, "auc"));
            assertThat(update.tags()).containsEntry("verdict", "not_better").containsEntry("champion", "version 1");
        }
        assertThat(recorded.whole().tags().get("mlflow.note.content")).contains("| champion, version 1 |");
    }

    @Test
    void whatIsMissingIsLeftOut() throws IOException {
        Recorded recorded = RUNS.get(Kind.REGRESSION);
        Path home = folder.resolve("emptied");
        Run run = new Run(home, recorded.run().config(), DATE, Progress.NONE);

        Recorded nothing = Recorded.of(run, recorded.manifests());
        assertThat(nothing.all()).allMatch(update -> update.artifacts().isEmpty());
        assertThat(value(nothing.stage("evaluate"), "rmse")).isPositive();

        for (Stage stage : Stages.all()) {
            Path damaged = Files.createDirectories(run.folder(stage.name()));
            for (String file : recorded.manifests().get(stage.name()).outputs().keySet()) {
                Files.createDirectories(damaged.resolve(file).getParent());
                Files.writeString(damaged.resolve(file), "{");
            }
            Files.writeString(damaged.resolve("manifest.json"), "{");
        }
        assertThat(value(Recorded.of(run, recorded.manifests()).stage("train"), "cv_rmse"))
                .isPositive();
    }

    @Test
    void longTextsAreCutWithARemark() {
        RunUpdate.Builder builder = RunUpdate.builder("k", null, "run", Instant.EPOCH);
        new RunFacts(builder).parameter("long", "😀".repeat(5000)).tag("long", "x".repeat(9000));
        RunUpdate update = builder.running();
        assertThat(update.parameters().get("long"))
                .hasSizeLessThanOrEqualTo(6000)
                .hasSizeGreaterThan(5900)
                .endsWith("manifest.json has the whole)");
        assertThat(update.tags().get("long")).hasSize(5000);
    }

    private static List<String> paths(RunUpdate update) {
        return update.artifacts().stream().map(Artifact::path).toList();
    }

    private static List<Long> steps(RunUpdate update, String metric) {
        return update.metrics().stream()
                .filter(each -> each.name().equals(metric))
                .map(Measurement::step)
                .toList();
    }

    private static double value(RunUpdate update, String metric) {
        List<Double> values = update.metrics().stream()
                .filter(each -> each.name().equals(metric))
                .map(Measurement::value)
                .toList();
        assertThat(values).as(metric).hasSize(1);
        return values.get(0);
    }
}
