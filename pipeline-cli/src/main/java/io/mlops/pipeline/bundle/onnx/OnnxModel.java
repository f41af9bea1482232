package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as an ONNX graph, or why it is none.
 *
 * @param bytes the graph, the same for the same bundle; null where there is none
 * @param obstacle the part that no operator computes; empty where there is a graph
 */
public record OnnxModel(byte @Nullable [] bytes, String obstacle) {
    /** The version of ONNX's package that knows the graph's operator sets first. */
    public static final String VERSION = "1.12.0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    /**
     * Writes the graph of a bundle.
     *
     * @param folder where the bundle is
     */
    public static OnnxModel of(Bundle bundle, Path folder) {
        try {
            return new OnnxModel(graph(bundle, folder), "");
        } catch (NotInOnnx e) {
            return new OnnxModel(null, e.reason());
        }
    }

    private static byte[] graph(Bundle bundle, Path folder) throws NotInOnnx {
        JsonNode preprocessor = bundle.contents().preprocessor().toJson();
        Graph graph = new Graph(bundle.contents().preprocessor().inputs());
        String features = Preprocessing.write(graph, preprocessor);
        Target target = bundle.target();
        String outputs =
                Families.named(bundle.learner()).write(graph, features, preprocessor, folder.resolve("model"), target);
        if (!target.task().isClassification()) {
            graph.output("prediction", graph.node("Squeeze", outputs, graph.longs(1)), Graph.DOUBLE, 0);
            return graph.bytes(bundle.name());
        }
        JsonNode calibration = SchemaJson.MAPPER.valueToTree(bundle.contents().calibration());
        String probabilities = Calibrations.write(graph, calibration, outputs);
        String place = place(graph, probabilities, target, bundle.contents().decision());
        List<String> classes = target.classes();
        boolean whole = classes.stream().allMatch(label -> WHOLE.matcher(label).matches());
        String labels =
                whole ? graph.longs(classes.stream().mapToLong(Long::parseLong).toArray()) : graph.texts(classes);
        graph.output("prediction", graph.node("Gather", labels, place), whole ? Graph.LONG : Graph.TEXT, 0);
        graph.output("probabilities", probabilities, Graph.DOUBLE, classes.size());
        return graph.bytes(bundle.name());
    }

    /** Of two classes by the threshold, of more the one that is expected to cost the least, or the most probable. */
    private static String place(Graph graph, String probabilities, Target target, Decision decision) {
        if (target.classes().size() > 2) {
            Costs costs = decision.costs();
            return graph.argMax(
                    costs == null
                            ? probabilities
                            : graph.node("Neg", graph.node("MatMul", probabilities, graph.table(costs.matrix()))));
        }
        String positive = graph.node("Squeeze", graph.column(probabilities, 1), graph.longs(1));
        return graph.cast(graph.node("GreaterOrEqual", positive, graph.doubles(decision.threshold())), Graph.LONG);
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
