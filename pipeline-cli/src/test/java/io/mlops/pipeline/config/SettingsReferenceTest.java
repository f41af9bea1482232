package io.mlops.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the generated pages equal to the code; with {@code -Dreference.write=true} they are written again. */
class SettingsReferenceTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");

    @Test
    void theConfigurationPageIsUpToDate() throws IOException {
        check("configuration.md", """
                # Configuration

                Every key of `pipeline.yaml`, `schema.yaml` and what it means. Absent keys keep their default. Made from the code by
                `make reference`; [pipeline.schema.json](pipeline.schema.json) says the same to editors.

                `--set key=value` overrides any key; `profiles:` holds named sets of keys that `--profile NAME` lays over the rest.

                ## pipeline.yaml

                %s
                ## schema.yaml

                %s""".formatted(
                        SettingsReference.markdown(PipelineConfig.defaults()),
                        SettingsReference.markdown(SchemaFile.defaults())));
    }

    @Test
    void theHyperparametersPageIsUpToDate() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Hyperparameters

                What `train.params` and `--param name=value` take, by family, with the defaults for two classes (or for numbers, where
                a family learns only those). Made from the code by `make reference`.
                """);
        for (Learner<?> learner : Learners.all()) {
            Task task = learner.tasks().contains(Task.BINARY) ? Task.BINARY : Task.REGRESSION;
            String tasks = learner.tasks().stream()
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(", "));
            page.append("\n## ")
                    .append(learner.name())
                    .append("\n\nFor ")
                    .append(tasks)
                    .append(".\n\n")
                    .append(SettingsReference.markdown(learner.defaults(task)))
                    .append(searched(learner));
        }
        check("hyperparameters.md", page.toString());
    }

    /** What tune searches, over all tasks. */
    private static String searched(Learner<?> learner) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        learner.tasks().stream().sorted().forEach(task -> learner.searchSpace(task)
                .dimensions()
                .forEach(dimension -> dimensions.put(dimension.name(), dimension)));
        return dimensions.isEmpty()
                ? ""
                : dimensions.values().stream()
                        .map(SettingsReferenceTest::range)
                        .collect(Collectors.joining(", ", "\n`tune` searches ", ".\n"));
    }

    private static String range(Dimension dimension) {
        String range;
        if (dimension instanceof Dimension.Numeric numeric) {
            range = SettingsBinder.plain(numeric.low()) + " to " + SettingsBinder.plain(numeric.high())
                    + (numeric.log() ? " by its logarithm" : "");
        } else {
            range = String.join(" or ", ((Dimension.Choice) dimension).choices());
        }
        Dimension.Condition condition = dimension.condition();
        String when = condition == null
                ? ""
                : " where `" + condition.dimension() + "` is " + String.join(" or ", condition.values());
        return "`" + dimension.name() + "` (" + range + when + ")";
    }

    @Test
    void theJsonSchemaIsUpToDateAndKnowsEveryPartOfTheConfiguration() throws IOException {
        ObjectNode schema = SettingsReference.jsonSchema(PipelineConfig.defaults(), "pipeline.yaml");
        ((ObjectNode) schema.get("properties"))
                .putObject("profiles")
                .put("type", "object")
                .put("description", "Named sets of keys that --profile lays over the rest.")
                .putObject("additionalProperties")
                .put("type", "object");

        check(
                "pipeline.schema.json",
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");

        JsonNode properties = schema.get("properties");
        assertThat(properties.fieldNames())
                .toIterable()
                .contains("name", "seed", "data", "features", "train", "evaluate");
        assertThat(properties
                        .at("/data/properties/split/properties/test/maximum")
                        .asDouble())
                .isEqualTo(0.9);
    }

    private static void check(String name, String expected) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, expected);
        }
        assertThat(file).as("run 'make reference'").hasContent(expected);
    }
}
