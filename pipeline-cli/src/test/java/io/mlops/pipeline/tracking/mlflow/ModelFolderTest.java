package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Provenance;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ModelFolderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ModelIdentity IDENTITY =
            new ModelIdentity("run-1", "m-1", Instant.parse("2026-01-02T03:04:05.678Z"));

    /** The columns beside the amount and the target, by their entry in the schema, with their profile. */
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "age", List.of("{'type': 'integer'}", numbers(41.5, 18, 90)),
            "since", List.of("{'type': 'datetime', 'format': 'd MMM yyyy'}", numbers(86_400_000, 0, 172_800_000)),
            "at", List.of("{'type': 'datetime', 'required': false}", numbers(90_061_001, 5, 90_061_002)),
            "stamp", List.of("{'type': 'datetime', 'format': 'epoch_seconds'}", numbers(5_000, 0, 9_000)),
            "flag", List.of("{'type': 'boolean', 'true_values': ['ja'], 'false_values': ['nein']}", numbers(1, 0, 1)),
            "bit", List.of("{'type': 'boolean'}", numbers(0, 0, 1)),
            "colour", List.of("{'type': 'category'}", "'texts': {'top': [{'category': 'r\\\"ed', 'count': 3}]}"),
            "note", List.of("{'type': 'text'}", "'texts': {'top': []}"),
            "empty", List.of("{'type': 'number'}", "'missing': 4"));

    @TempDir
    Path folder;

    private static String numbers(double median, double min, double max) {
        return "'numbers': {'min': %s, 'max': %s, 'quantiles': [{'level': 0.25, 'value': %s}, {'level': 0.5, 'value': %s}]}"
                .formatted(min, max, min, median);
    }

    private Path bundle(String learner, Target target) throws JsonProcessingException {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.put("id", column("{'type': 'identifier'}"));
        roles.put("id", Role.ID);
        columns.put("amount", column("{'type': 'number'}"));
        roles.put("amount", Role.FEATURE);
        StringBuilder profile = new StringBuilder("{'columns': [{'name': 'amount', " + numbers(12.25, 0, 99) + "}");
        for (Map.Entry<String, List<String>> each : new TreeMap<>(COLUMNS).entrySet()) {
            columns.put(each.getKey(), column(each.getValue().get(0)));
            roles.put(each.getKey(), each.getKey().equals("at") ? Role.TIME : Role.FEATURE);
            profile.append(", {'name': '%s', %s}"
                    .formatted(each.getKey(), each.getValue().get(1)));
        }
        columns.put("y", column("{'type': 'category'}"));
        roles.put("y", Role.TARGET);
        Path place = folder.resolve(learner + target.classes());
        Bundle.write(
                place,
                "credit",
                contents(
                        Learners.named(learner),
                        target,
                        new TableSchema(columns, roles),
                        JSON.readTree(quoted(profile + "]}"))));
        return place;
    }

    private static <P extends Record> Bundle.Contents contents(
            Learner<P> learner, Target target, TableSchema schema, JsonNode profile) {
        Table table = Table.create(
                DoubleColumn.create("amount", 1, 2, 3, 4),
                StringColumn.create(
                        "y",
                        target.classes().get(0),
                        target.classes().get(1),
                        target.classes().get(0),
                        target.classes().get(1)),
                LongColumn.create("#row", 1, 2, 3, 4),
                LongColumn.create("#hash", 1, 2, 3, 4));
        TableSchema learned = new TableSchema(
                Map.of("amount", schema.column("amount"), "y", schema.column("y")),
                Map.of("amount", Role.FEATURE, "y", Role.TARGET));
        TableRows rows = new TableRows(learned, table);
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), learner.view(), rows, target, 7);
        TrainedModel model = learner.fit(
                learner.defaults(target.task()),
                new TrainingSet(preprocessor.transformTraining(rows), target, target.values(table), null),
                null,
                new FitContext(7, 1));
        return new Bundle.Contents(
                target,
                schema,
                new CellFormat(List.of("?"), "."),
                preprocessor,
                model,
                new Calibration.None(),
                new Decision(0.5),
                new Conformal.None("no row was held out"),
                profile,
                new Provenance("0.1.0+abc", 7, "", JsonNodeFactory.instance.objectNode(), new TreeMap<>()));
    }

    private static ColumnSchema column(String json) throws JsonProcessingException {
        JsonNode given = JSON.readTree(quoted(json));
        JsonNode whole = SchemaJson.MAPPER.valueToTree(ColumnSchema.defaults());
        ((ObjectNode) whole).setAll((ObjectNode) given);
        return SchemaJson.MAPPER.treeToValue(whole, ColumnSchema.class);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private Path written(String learner, Target target) throws JsonProcessingException {
        Path model = folder.resolve("model-of-" + learner + target.classes());
        ModelFolder.write(bundle(learner, target), model, IDENTITY);
        return model;
    }

    private static Target target(String... classes) {
        return new Target("y", Task.BINARY, List.of(classes));
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    @Test
    void theBundleStaysAsItIs() throws IOException {
        Path bundle = bundle("decision_tree", target("no", "yes"));
        ModelFolder.write(bundle, folder.resolve("m"), IDENTITY);

        assertThat(Bundle.load(folder.resolve("m").resolve(ModelFolder.BUNDLE)).digest())
                .isEqualTo(Bundle.load(bundle).digest());
        assertThat(files(folder.resolve("m").resolve(ModelFolder.BUNDLE))).isEqualTo(files(bundle));
    }

    @Test
    void theSameBundleAndIdentityGiveTheSameBytes() throws IOException {
        Path bundle = bundle("baseline", target("no", "yes"));
        ModelFolder.write(bundle, folder.resolve("one"), IDENTITY);
        ModelFolder.write(bundle, folder.resolve("two"), IDENTITY);

        assertThat(files(folder.resolve("one"))).isNotEmpty().isEqualTo(files(folder.resolve("two")));
    }

    private static Map<String, String> files(Path top) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(top)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(top.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void theDescriptionNamesTheCodeTheRunAndTheModel() throws IOException {
        Path model = written("baseline", target("no", "yes"));
        Map<?, ?> description = yaml(model.resolve("MLmodel"));

        assertThat(description.get("run_id")).isEqualTo("run-1");
        assertThat(description.get("model_id")).isEqualTo("m-1");
        assertThat((String) description.get("model_uuid")).matches("[0-9a-f]{32}");
        assertThat(description.get("utc_time_created")).isEqualTo("2026-01-02 03:04:05.678000");
        Map<?, ?> function = (Map<?, ?>) ((Map<?, ?>) description.get("flavors")).get("python_function");
        assertThat(function.get("python_version")).isEqualTo("3.11");
        assertThat(function.get("data")).isEqualTo(ModelFolder.BUNDLE);
        Path code = model.resolve((String) function.get("code")).resolve((String) function.get("loader_module"));
        try (Stream<Path> files = Files.list(Path.of("src", "main", "python", "mlops_scorer"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".py")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(code.resolve(name)).isNotEmptyFile());
        }
    }

    @Test
    void withoutARunOrALoggedModelTheDescriptionSaysNull() throws IOException {
        ModelFolder.write(
                bundle("baseline", target("no", "yes")),
                folder.resolve("m"),
                new ModelIdentity(null, null, Instant.EPOCH));

        assertThat(yaml(folder.resolve("m/MLmodel")).get("run_id")).isNull();
        assertThat(yaml(folder.resolve("m/MLmodel")).get("model_id")).isNull();
    }

    @Test
    void theSignatureTakesEveryColumnThatTheModelReadsAsItComes() throws IOException {
        JsonNode inputs = signature(written("baseline", target("no", "yes")), "inputs");

        assertThat(inputs).hasSize(COLUMNS.size() + 1).allSatisfy(column -> {
            assertThat(column.get("type").asText()).isEqualTo("any");
            assertThat(column.get("required").asBoolean())
                    .isEqualTo(!column.get("name").asText().equals("at"));
        });
        assertThat(inputs.findValuesAsText("name")).contains("amount", "at").doesNotContain("id", "y");
    }

    @Test
    void labelsThatAreWholeNumbersComeOutAsNumbers() throws IOException {
        assertThat(signature(written("baseline", target("0", "1")), "outputs").findValuesAsText("type"))
                .containsExactly("long", "double", "double", "string");
        JsonNode words = signature(written("baseline", target("01", "1")), "outputs");
        assertThat(words.findValuesAsText("type")).containsExactly("string", "double", "double", "string");
        assertThat(words.findValuesAsText("name"))
                .containsExactly("prediction", "probability_01", "probability_1", "prediction_set");
    }

    @Test
    void theSignatureNamesTheIntervalsThatMayBeAskedFor() throws IOException {
        Path model = written("baseline", target("no", "yes"));
        JsonNode parameters = signature(model, "params");
        assertThat(parameters).hasSize(1);
        assertThat(parameters.get(0).get("name").asText()).isEqualTo("intervals");
        assertThat(parameters.get(0).get("type").asText()).isEqualTo("double");
        assertThat(parameters.get(0).get("default").asDouble()).isZero();
        for (JsonNode column : signature(model, "outputs")) {
            assertThat(column.get("required").asBoolean())
                    .isEqualTo(!column.get("name").asText().equals("prediction_set"));
        }
    }

    private static JsonNode signature(Path model, String side) throws IOException {
        Map<?, ?> signature = (Map<?, ?>) yaml(model.resolve("MLmodel")).get("signature");
        return JSON.readTree((String) signature.get(side));
    }

    @Test
    void theExampleIsMadeOfTypicalValuesInTheFormatsOfTheirColumns() throws IOException {
        Path model = written("baseline", target("no", "yes"));
        JsonNode example = JSON.readTree(model.resolve("input_example.json").toFile());
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 0; column < example.get("columns").size(); column++) {
            row.put(
                    example.get("columns").get(column).asText(),
                    JSON.treeToValue(example.get("data").get(0).get(column), Object.class));
        }

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("amount", 12.25);
        expected.put("age", 42);
        expected.put("since", "2 Jan 1970");
        expected.put("at", "1970-01-02T01:01:01Z");
        expected.put("stamp", 5);
        expected.put("flag", "ja");
        expected.put("bit", 0);
        expected.put("colour", "r\"ed");
        expected.put("note", null);
        expected.put("empty", null);
        assertThat(row).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(JSON.readTree(model.resolve("serving_input_example.json").toFile())
                        .get("dataframe_split"))
                .isEqualTo(example);
    }

    @Test
    void onlyTreesNeedXgboost() throws IOException {
        Path trees = written("random_forest", target("no", "yes"));
        Path other = written("logistic_regression", target("no", "yes"));

        assertThat(Files.readString(trees.resolve("requirements.txt"))).contains("numpy", "pandas", "xgboost");
        assertThat(Files.readString(other.resolve("requirements.txt")))
                .contains("numpy", "pandas")
                .doesNotContain("xgboost");
        List<?> conda = (List<?>) yaml(trees.resolve("conda.yaml")).get("dependencies");
        assertThat(((Map<?, ?>) conda.get(2)).get("pip"))
                .isEqualTo(Arrays.asList(
                        Files.readString(trees.resolve("requirements.txt")).split("\n")));
        assertThat(yaml(trees.resolve("python_env.yaml")).get("python")).isEqualTo("3.11");
    }

    @Test
    void aDamagedBundleIsRefused() throws IOException {
        Path bundle = bundle("baseline", target("no", "yes"));
        Files.writeString(bundle.resolve("decision.json"), "{\"threshold\": 0.1}");

        assertThatThrownBy(() -> ModelFolder.write(bundle, folder.resolve("m"), IDENTITY))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("has changed since it was written");
        assertThat(folder.resolve("m")).doesNotExist();
    }
}
