package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.automl.FamilyEnsemble;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.step.Steps;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.tracking.mlflow.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java wrote, Python loads: the same predictions from MLflow as from the program. */
class PythonParityIT {
    private static final double TOLERANCE = 1e-6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Task, String> TARGETS =
            Map.of(Task.BINARY, "yes", Task.MULTICLASS, "kind", Task.REGRESSION, "value");

    /** A calibration of its own for some families, so that each kind is there. */
    private static final Map<String, String> CALIBRATIONS =
            Map.of("decision_tree", "isotonic", "random_forest", "platt", "xgboost", "temperature", "baseline", "none");

    private static final Map<String, String> QUICK = Map.of(
            "neural_network", "{epochs: 10, width: 32}", "random_forest", "{trees: 30}", "xgboost", "{rounds: 60}");

    /** Families whose decisions between three classes follow costs. */
    private static final Set<String> BY_COSTS = Set.of("decision_tree", "logistic_regression", "knn");

    /** Every step that the defaults do not take. */
    private static final String ALL_STEPS = """
            features:
              columns:
                amount: {steps: [number], missing_indicator: true, scale: robust, fence: 1, impute: constant, fill: -1}
                code: {steps: [codes, one_hot]}
                grade: {steps: [ordinal, number_from_text], order: [1. low, 2. mid, 3. high]}
                city: {steps: [target, frequency], smoothing: 5}
                born: {steps: [date_parts, cyclic]}
                seen: {steps: [cyclic], missing_indicator: true}
                note: {steps: [hashed, text_size, tfidf], text_ngrams: 2, text_features: 20}
                size: {steps: [one_hot], min_count: 100}
            """;

    /** Every step that a graph can have, and none that it cannot. */
    private static final String GRAPH_STEPS = """
            features:
              tree: {numbers_from_text: false}
              linear: {numbers_from_text: false}
              neural: {numbers_from_text: false}
              columns:
                amount: {missing_indicator: true, scale: robust, fence: 1}
                grade: {steps: [ordinal], order: [1. low, 2. mid, 3. high], missing_indicator: true}
                city: {steps: [target, frequency], smoothing: 5}
                size: {steps: [one_hot], min_count: 100}
                born: {steps: [drop]}
                seen: {steps: [drop]}
                paid: {steps: [drop]}
                note: {steps: [drop]}
            """;

    /** The steps of pairs of columns, which are no column's own. */
    private static final Set<String> PAIR_STEPS = Set.of("cross", "arithmetic", "group_mean", "group_difference");

    private static final Path DATA = Path.of(System.getenv().getOrDefault("MLOPS_TEST_DATA", "../../shared/data"));

    /** The tables, as an expression for their names, on which every family is compared, into target/parity.md. */
    private static final String WHOLE = System.getProperty("parity.tables", "");

    private static final int MOST_ROWS = 1000;

    @TempDir
    Path folder;

    @BeforeEach
    void python() {
        PythonProcess.require();
    }

    @Test
    void everyFamilyScoresOddTablesInPythonAsInJava() throws IOException, InterruptedException {
        ParityCases cases = new ParityCases(folder);
        Set<String> steps = new TreeSet<>();
        Set<String> calibrations = new TreeSet<>();
        for (Task task : Task.values()) {
            boolean decimalComma = task == Task.REGRESSION;
            for (boolean all : new boolean[] {false, true}) {
                Path project = project(new OddTable(decimalComma), TARGETS.get(task), all ? ALL_STEPS : "");
                for (String learner : models(task)) {
                    if (!all || learner.equals("xgboost") || learner.equals(Automl.NAME)) {
                        Path model = train(cases, project, learner, task, all);
                        steps.addAll(steps(model));
                        calibrations.add(
                                read(model, "calibration.json").get("type").asText());
                    }
                }
            }
        }

        requireEqual(cases.compare());
        Set<String> others = new TreeSet<>(Steps.ALL.keySet());
        others.removeAll(PAIR_STEPS);
        assertThat(steps).containsExactlyElementsOf(others);
        assertThat(calibrations).containsExactly("isotonic", "none", "platt", "temperature");
    }

    @Test
    void pairsOfColumnsScoreInPythonAsInJavaAndInOnnxButForCrosses() throws IOException, InterruptedException {
        ParityCases cases = new ParityCases(folder);
        Set<String> steps = new TreeSet<>();
        for (String learner : List.of("xgboost", "linear_regression")) {
            for (int crosses : new int[] {0, 2}) {
                Path project = Files.createTempDirectory(folder, "pairs");
                PairTable.write(project, crosses);
                Path model = cases.train(
                        project,
                        learner + "-" + crosses + "-crosses",
                        "train.model=" + learner,
                        "train.params=" + QUICK.getOrDefault(learner, "{}"),
                        "train.importance_rows=0",
                        "train.cross_validation.folds=2",
                        "train.cross_validation.repeats=1");
                cases.add(project, model, project.resolve("table.csv"), ',', "default", "text", "plain text");
                cases.add(project, model, project.resolve("spoilt.csv"), ',', "plain text");
                assertThat(Files.exists(model.resolve(ModelFolder.ONNX))).isEqualTo(crosses == 0);
                steps.addAll(steps(model));
            }
        }

        List<ParityCases.Result> results = cases.compare();
        requireEqual(results);
        assertThat(results)
                .filteredOn(each -> each.reading().equals("onnx"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.name()).contains("-0-crosses"));
        assertThat(steps).containsAll(PAIR_STEPS).contains("frequency");
    }

    private static Set<String> steps(Path model) throws IOException {
        Set<String> steps = new TreeSet<>();
        for (JsonNode block : read(model, "preprocessor.json").get("blocks")) {
            block.get("steps").forEach(step -> steps.add(step.get("step").asText()));
        }
        return steps;
    }

    @Test
    void onnxScoresWhatCanBeOneGraphAsJavaDoes() throws IOException, InterruptedException {
        ParityCases cases = new ParityCases(folder);
        Set<String> without = new TreeSet<>();
        Set<String> steps = new TreeSet<>();
        for (Task task : Task.values()) {
            Path project = project(new OddTable(task == Task.REGRESSION), TARGETS.get(task), GRAPH_STEPS);
            for (String learner : models(task)) {
                Path model = train(cases, project, learner, task, false);
                if (!Files.exists(model.resolve(ModelFolder.ONNX))) {
                    without.add(learner + " " + task);
                    continue;
                }
                steps.addAll(steps(model));
            }
        }

        List<ParityCases.Result> results = cases.compare();
        requireEqual(results);
        assertThat(results).filteredOn(each -> each.reading().equals("onnx")).hasSize(2 * 32);
        assertThat(without).containsExactly("knn BINARY", "knn MULTICLASS", "knn REGRESSION", "svm MULTICLASS");
        assertThat(steps)
                .containsExactly(
                        "clip",
                        "codes",
                        "frequency",
                        "impute",
                        "missing_indicator",
                        "number",
                        "one_hot",
                        "ordinal",
                        "scale",
                        "target_encoding");
    }

    @ParameterizedTest
    @CsvSource({
        "titanic.csv, Survived, true",
        "auto_mpg.csv, mpg, true",
        "hypothyroid.csv, Class, true",
        "german_credit_modified.csv, kredit, false",
        "german_credit.csv, class, false",
        "south_german_credit.csv, kredit, false",
        "adult.csv.gz, income, false",
        "telco_churn.csv, Churn, false",
        "california_housing.csv.gz, median_house_value, false",
        "bike_sharing_hour.csv.gz, cnt, false",
        "pima_diabetes.csv, Outcome, false",
        "car_evaluation.csv, class, false",
        "mammography.csv, class, false",
        "diamonds.csv.gz, price, false",
        "electricity.csv.gz, class, false",
        "skin_segmentation.csv.gz, class, false",
        "wine_quality_red.csv, quality, false",
        "nyc_taxis.csv, total, false",
        "insurance.csv, charges, false",
    })
    void realTablesAreScoredInPythonAsInJava(String file, String target, boolean always)
            throws IOException, InterruptedException {
        Path table = DATA.resolve(file);
        assumeTrue(Files.exists(table), "needs " + table);
        boolean whole = file.matches(WHOLE);
        assumeTrue(always || whole, "compared with -Dparity.tables=.*");
        Path project = Files.createDirectory(folder.resolve("project"));
        RealRows rows = RealRows.of(table, MOST_ROWS);
        rows.write(project);
        Said said = Said.by(project, "-C", "init", "learned.csv", "--target", target);
        assertThat(said.code()).as(said.err()).isZero();
        Task task = Task.valueOf(said.json().get("task").asText().toUpperCase(Locale.ROOT));
        ParityCases cases = new ParityCases(folder);
        for (Learner<?> learner : Learners.all()) {
            boolean taken = whole
                    || Set.of("xgboost", "lightgbm", "extra_trees", "knn", "svm", "neural_network")
                            .contains(learner.name());
            if (learner.tasks().contains(task) && taken) {
                Path model = cases.train(
                        project,
                        learner.name(),
                        "train.model=" + learner.name(),
                        "train.importance_rows=0",
                        "train.cross_validation.folds=2",
                        "train.cross_validation.repeats=1");
                cases.add(project, model, project.resolve("fresh.csv"), ',', "default", "text");
                cases.add(project, model, project.resolve("spoilt.csv"), ',', "plain text");
            }
        }

        List<ParityCases.Result> results = cases.compare();
        if (whole) {
            tell(file, results);
        }
        requireEqual(results);
    }

    private static void requireEqual(List<ParityCases.Result> results) {
        assertThat(results).isNotEmpty().allSatisfy(result -> {
            assertThat(result.difference()).as(result.toString()).isLessThan(TOLERANCE);
            assertThat(result.otherLabels()).as(result.toString()).isZero();
            assertThat(result.exampleScores()).as(result.toString()).isTrue();
        });
    }

    private static void tell(String table, List<ParityCases.Result> results) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ParityCases.Result each : results) {
            lines.append("| %s | %s | %s | %d | %.1e | %d |\n"
                    .formatted(table, each.name(), each.reading(), each.rows(), each.difference(), each.otherLabels()));
        }
        Files.writeString(Path.of("target", "parity.md"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All families that can do a task, and ensembles of some. */
    private static List<String> models(Task task) {
        return Stream.concat(
                        Learners.all().stream()
                                .filter(learner -> learner.tasks().contains(task))
                                .map(Learner::name),
                        Stream.of(FamilyEnsemble.NAME, Automl.NAME))
                .toList();
    }

    private Path train(ParityCases cases, Path project, String learner, Task task, boolean all) {
        char separator = task == Task.REGRESSION ? ';' : ',';
        String name = task.name() + "-" + learner + (all ? "-all-steps" : "");
        boolean calibrated = task == Task.BINARY || "temperature".equals(CALIBRATIONS.get(learner));
        Path model = cases.train(
                project,
                name,
                "train.model=" + learner,
                "train.params=" + QUICK.getOrDefault(learner, "{}"),
                "train.importance_rows=0",
                "train.cross_validation.folds=2",
                "train.cross_validation.repeats=1",
                "ensemble.kind=stacking",
                "ensemble.folds=2",
                "ensemble.families=xgboost, " + (task == Task.REGRESSION ? "linear" : "logistic") + "_regression",
                "ensemble.params={xgboost: {rounds: 30}}",
                "automl.folds=2",
                "automl.max_models=4",
                "automl.families=[logistic_regression, linear_regression, xgboost, random_forest]",
                "train.costs=" + (task == Task.MULTICLASS && BY_COSTS.contains(learner) ? "{0: {2: 4}}" : "{}"),
                "train.calibration="
                        + (calibrated && task != Task.REGRESSION
                                ? CALIBRATIONS.getOrDefault(learner, "auto")
                                : "auto"));
        cases.add(project, model, project.resolve("table.csv"), separator, "default", "text", "plain text");
        cases.add(project, model, project.resolve("spoilt.csv"), separator, "plain text");
        return model;
    }

    private Path project(OddTable table, String target, String features) throws IOException {
        Path project = Files.createTempDirectory(folder, target);
        List<List<String>> rows = table.rows(500);
        table.write(project.resolve("table.csv"), rows);
        table.write(project.resolve("spoilt.csv"), OddTable.spoilt(rows));
        table.configure(project, target, features);
        return project;
    }

    private static JsonNode read(Path model, String file) throws IOException {
        return JSON.readTree(model.resolve(ModelFolder.BUNDLE).resolve(file).toFile());
    }
}
