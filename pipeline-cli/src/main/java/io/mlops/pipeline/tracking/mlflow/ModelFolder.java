package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.onnx.OnnxModel;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an MLflow model: a bundle as it is, the Python code that scores with it, and what MLflow asks of a model.
 *
 * <p>The same bundle and identity give the same bytes.
 */
public final class ModelFolder {
    /** The folder of the bundle within that of the model. */
    public static final String BUNDLE = "data";

    /** The whole bundle as one graph, where it can be written so. */
    public static final String ONNX = "model.onnx";

    private static final String CODE = "code";

    /** The version of MLflow whose way of describing a model is followed. */
    private static final String MLFLOW = "3.17.2";

    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelFolder() {}

    /**
     * Writes the folder of an MLflow model around a bundle.
     *
     * @param folder is empty or does not exist
     * @throws io.mlops.pipeline.PipelineException where the bundle is damaged
     */
    public static void write(Path bundle, Path folder, ModelIdentity identity) {
        Bundle read = Bundle.load(bundle);
        Requirements requirements = Requirements.of(bundle);
        ScorerCode code = ScorerCode.read();
        InputExample example = InputExample.of(read);
        OnnxModel onnx = OnnxModel.of(read, bundle);
        try {
            Folders.copy(bundle, folder.resolve(BUNDLE));
            code.write(folder.resolve(CODE));
            byte[] graph = onnx.bytes();
            if (graph != null) {
                Files.write(folder.resolve(ONNX), graph);
            }
            write(folder, "MLmodel", description(read, code, onnx, identity));
            write(folder, "requirements.txt", requirements.pip());
            write(folder, "python_env.yaml", requirements.pythonEnvironment());
            write(folder, "conda.yaml", requirements.conda());
            write(folder, "input_example.json", json(example.split()));
            write(folder, "serving_input_example.json", json(example.request()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model " + folder, e);
        }
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String description(Bundle bundle, ScorerCode code, OnnxModel onnx, ModelIdentity identity) {
        List<String> lines = new ArrayList<>(List.of("artifact_path: model", "flavors:"));
        if (onnx.bytes() != null) {
            lines.addAll(List.of(
                    "  onnx:",
                    "    code: null",
                    "    data: " + ONNX,
                    "    onnx_version: " + json(OnnxModel.VERSION),
                    "    providers:",
                    "    - CPUExecutionProvider"));
        }
        lines.addAll(List.of(
                "  python_function:",
                "    code: " + CODE,
                "    config:",
                "      probabilities: true",
                "    data: " + BUNDLE,
                "    env:",
                "      conda: conda.yaml",
                "      virtualenv: python_env.yaml",
                "    loader_module: " + code.module(),
                "    python_version: " + json(Requirements.PYTHON),
                "    streamable: false",
                "metadata:",
                "  bundle_digest: " + bundle.digest(),
                "  code_version: " + json(bundle.provenance().codeVersion()),
                "  learner: " + json(bundle.learner()),
                "  name: " + json(bundle.name()),
                "  onnx: " + json(onnx.bytes() != null ? ONNX : "none: " + onnx.obstacle()),
                "mlflow_version: " + MLFLOW,
                "model_id: " + orNull(identity.modelId()),
                // Of a name of 128 bits, as MLflow's own.
                "model_uuid: " + json(bundle.digest().substring(0, 32)),
                "run_id: " + orNull(identity.runId()),
                "saved_input_example_info:",
                "  artifact_path: input_example.json",
                "  pandas_orient: split",
                "  serving_input_path: serving_input_example.json",
                "  type: dataframe",
                "signature:",
                "  inputs: " + json(json(Signature.inputs(bundle.schema()))),
                "  outputs: " + json(json(Signature.outputs(bundle.target()))),
                "  params: " + json(json(Signature.parameters())),
                "utc_time_created: " + json(CREATED.format(identity.created())),
                ""));
        return String.join("\n", lines);
    }

    private static String orNull(@Nullable String text) {
        return text == null ? "null" : json(text);
    }

    /** A value as JSON; a text as JSON is one in YAML too. */
    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
