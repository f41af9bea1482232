package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import java.nio.file.Path;

/** The weighted mean of what the members' graphs give. */
final class Ensembles {
    private Ensembles() {}

    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target)
            throws NotInOnnx {
        String sum = "";
        for (JsonNode member : OnnxModel.read(folder.resolve("ensemble.json")).get("members")) {
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
            String part =
                    graph.node("Mul", given, graph.doubles(member.get("weight").asDouble()));
            sum = sum.isEmpty() ? part : graph.node("Add", sum, part);
        }
        return sum;
    }
}
