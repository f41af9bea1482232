package io.mlops.pipeline.data.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.SchemaFile;
import io.mlops.pipeline.data.DataSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class InitFilesTest {
    private static final List<String> NAMES = List.of(
            "plain",
            "with blank",
            "a: b",
            "# no comment",
            "it's",
            "- dash",
            "{brace}",
            "null",
            "2019",
            "1.5",
            "ja😀",
            "größe",
            "back\\slash",
            "& anchor",
            "*alias",
            "!tag",
            "%percent",
            "@at",
            "`tick`",
            "|",
            ">",
            "?",
            "x".repeat(900),
            "\u2028sep",
            "tab\there",
            "quote\"d");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Inference inference() {
        StringBuilder header = new StringBuilder();
        for (String name : NAMES) {
            header.append('"').append(name.replace("\"", "\"\"")).append("\",");
        }
        header.append("\"line\nbreak\",\"y: #\"");
        String text = Tables.rows(header.toString(), 60, i -> {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < NAMES.size(); column++) {
                row.append(column % 3 == 0 ? "\"#: '\"\"" + i % 4 + "\"" : "" + i * (column + 3) % 23)
                        .append(',');
            }
            return row + (i % 5 == 0 ? "\"a: b\"" : "c\u0007d") + "," + (i % 3 == 0 ? "\"yes: #1\"" : "no");
        });
        return Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y: #");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> load(String yaml) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @Test
    void writesEveryNameSoThatItReadsBack() throws IOException {
        Inference inference = inference();
        Map<String, Object> pipeline = load(InitFiles.pipeline(inference, "it's: mine", 7));
        assertThat(pipeline).containsEntry("name", "it's: mine").containsEntry("seed", 7);
        assertThat(pipeline.get("data"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("target", "y: #")
                .containsEntry("task", "binary")
                .containsEntry("positive", "yes: #1");
        Path file = Files.writeString(folder.resolve("schema.yaml"), InitFiles.schema(inference));
        assertThat(SchemaFile.read(file).columns()).isEqualTo(inference.schema().columns());
    }

    @Test
    void writesAConfigurationThatFitsTheJsonSchemaOfEditors() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "reference", "pipeline.schema.json")));
        Map<String, Object> pipeline = load(InitFiles.pipeline(inference(), "mine", 7));
        assertThat(schema.validate(JSON.valueToTree(pipeline))).isEmpty();
        String plain = Tables.rows("x,y", 60, i -> i + "," + i * 7 % 60 / 8.0);
        Inference numbers = Inference.infer(Tables.source(folder, plain), DataSettings.defaults(), "y");
        assertThat(schema.validate(JSON.valueToTree(load(InitFiles.pipeline(numbers, "2024", 7)))))
                .isEmpty();
        pipeline.put("sed", 7);
        assertThat(schema.validate(JSON.valueToTree(pipeline)))
                .singleElement()
                .asString()
                .contains("sed");
    }

    @Test
    void writesFilesOnceUnlessTold() throws IOException {
        Inference inference = inference();
        Path pipeline = folder.resolve("project/pipeline.yaml");
        assertThat(InitFiles.write(inference, "a", 1, pipeline, false))
                .allSatisfy(file -> assertThat(file).exists())
                .hasSize(2);
        Files.writeString(pipeline, "mine");
        assertThatThrownBy(() -> InitFiles.write(inference, "a", 1, pipeline, false))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("pipeline.yaml");
        assertThat(pipeline).hasContent("mine");
        InitFiles.write(inference, "a", 1, pipeline, true);
        assertThat(Files.readString(pipeline)).contains("target:");
    }

    @Test
    void showsNothingThatSteersATerminal() {
        String text = InferenceText.of(inference());
        assertThat(text.codePoints().filter(code -> code < 32 && code != '\n')).isEmpty();
        assertThat(text).contains("target y: #: binary", "with blank");
    }
}
