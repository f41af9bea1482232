package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.model.Calibration;

/** The correction of probabilities. */
final class Calibrations {
    private Calibrations() {}

    static String write(Graph graph, JsonNode calibration, String outputs) throws NotInOnnx {
        String kind = calibration.get("type").asText();
        return switch (kind) {
            case "none" -> outputs;
            case "platt" -> platt(graph, calibration, graph.column(outputs, 1));
            case "isotonic" -> Probabilities.both(graph, isotonic(graph, calibration, graph.column(outputs, 1)));
            case "temperature" -> temperature(graph, calibration, outputs);
            default -> throw new NotInOnnx("the calibration is '" + kind + "'");
        };
    }

    private static String platt(Graph graph, JsonNode calibration, String positive) {
        String bounded = Probabilities.bounded(graph, positive, Calibration.SMALLEST, 1 - Calibration.SMALLEST);
        String odds = graph.node("Div", bounded, graph.node("Sub", graph.doubles(1), bounded));
        String steep = graph.node(
                "Mul",
                graph.node("Log", odds),
                graph.doubles(calibration.get("slope").asDouble()));
        String logit = graph.node(
                "Add", steep, graph.doubles(calibration.get("intercept").asDouble()));
        return Probabilities.both(graph, Probabilities.sigmoid(graph, logit));
    }

    private static String temperature(Graph graph, JsonNode calibration, String outputs) {
        String bounded = graph.node("Max", outputs, graph.doubles(Calibration.SMALLEST));
        String relative = graph.node("Div", bounded, graph.max(bounded));
        double exponent = 1 / calibration.get("temperature").asDouble();
        String raised = graph.node("Pow", relative, graph.doubles(exponent));
        return graph.node("Div", raised, graph.sum(raised));
    }

    /** Straight between the knots, level beyond them. */
    private static String isotonic(Graph graph, JsonNode calibration, String positive) {
        double[] inputs = Preprocessing.doubles(calibration.get("inputs"));
        String knots = graph.doubles(inputs);
        String heights = graph.doubles(Preprocessing.doubles(calibration.get("outputs")));
        String passed = graph.sum(graph.cast(graph.node("GreaterOrEqual", positive, knots), Graph.LONG));
        String right = graph.node("Min", passed, graph.longs(inputs.length - 1));
        String left = graph.node("Max", graph.node("Sub", passed, graph.longs(1)), graph.longs(0));
        String start = graph.node("Gather", knots, left);
        String width = graph.node("Sub", graph.node("Gather", knots, right), start);
        String some = graph.node("Greater", width, graph.doubles(0));
        String share = graph.node(
                "Div", graph.node("Sub", positive, start), graph.node("Where", some, width, graph.doubles(1)));
        String low = graph.node("Gather", heights, left);
        String rise = graph.node("Sub", graph.node("Gather", heights, right), low);
        return graph.node("Add", low, graph.node("Mul", share, rise));
    }
}
