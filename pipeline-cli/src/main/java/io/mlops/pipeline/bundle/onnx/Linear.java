package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import java.nio.file.Path;

/** Weighted sums of the features. */
final class Linear {
    private Linear() {}

    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target)
            throws NotInOnnx {
        JsonNode model = OnnxModel.read(folder.resolve("model.json"));
        JsonNode coefficients = model.get("coefficients");
        int sums = coefficients.size();
        double[][] weights = new double[coefficients.get(0).size()][sums];
        for (int column = 0; column < weights.length; column++) {
            for (int k = 0; k < sums; k++) {
                weights[column][k] = coefficients.get(k).get(column).asDouble();
            }
        }
        String products = graph.node("MatMul", graph.cast(features, Graph.DOUBLE), graph.table(weights));
        String all = graph.node("Add", products, graph.doubles(Preprocessing.doubles(model.get("intercepts"))));
        String kind = model.get("kind").asText();
        return switch (kind) {
            case "value" -> all;
            case "logistic" -> Probabilities.both(graph, Probabilities.sigmoid(graph, all));
            case "softmax" -> Probabilities.softmax(graph, all, sums);
            case "one_vs_rest" -> Probabilities.share(graph, Probabilities.sigmoid(graph, all), sums);
            default -> throw new NotInOnnx("the sums are of the kind '" + kind + "'");
        };
    }
}
