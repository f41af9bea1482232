package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import java.nio.file.Path;

/** What the members' graphs give, blended as {@code ensemble.json} says. */
final class Ensembles {
    /** As in {@code Blend}. */
    private static final double SMALLEST = 1e-7;

    private Ensembles() {}

    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target)
            throws NotInOnnx {
        JsonNode index = OnnxModel.read(folder.resolve("ensemble.json"));
        String blend = index.path("blend").asText("mean");
        String sum = blend.equals("mean") ? "" : graph.doubles(Preprocessing.doubles(index.get("intercepts")));
        for (JsonNode member : index.get("members")) {
            JsonNode columns = member.get("columns");
            long[] places = new long[columns.size()];
            for (int i = 0; i < places.length; i++) {
                places[i] = columns.get(i).asLong();
            }
            String own = graph.chosenColumns(features, places);
            String given = Families.named(member.get("learner").asText())
                    .write(
                            graph,
                            own,
                            preprocessor,
                            folder.resolve(member.get("folder").asText()),
                            target);
            String summand =
                    blend.equals("log") ? graph.node("Log", graph.node("Max", given, graph.doubles(SMALLEST))) : given;
            String part = graph.node(
                    "Mul", summand, graph.doubles(member.get("weight").asDouble()));
            sum = sum.isEmpty() ? part : graph.node("Add", sum, part);
        }
        return blend.equals("log") ? Probabilities.softmax(graph, sum, target.outputs()) : sum;
    }
}
