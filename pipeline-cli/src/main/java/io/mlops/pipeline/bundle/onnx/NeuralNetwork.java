package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network's layers, from its saved weights; in double precision, as everywhere it is scored. */
final class NeuralNetwork {
    /** Learned sums of waves of a number. */
    private static final int SUMS = 3;

    private static final double BEND = 3;
    private static final double FAR = 1e8;
    private static final double LAMBDA = 1.0507f;
    private static final double ALPHA = 1.67326f;
    private static final double FLAT = 30;

    private final Graph graph;
    private final JsonNode header;
    private final FloatBuffer weights;

    private NeuralNetwork(Graph graph, JsonNode header, FloatBuffer weights) {
        this.graph = graph;
        this.header = header;
        this.weights = weights;
    }

    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target) {
        JsonNode header = OnnxModel.read(folder.resolve("model.json"));
        try {
            FloatBuffer weights = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("weights.bin")))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            return new NeuralNetwork(graph, header, weights).write(features);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the weights in " + folder, e);
        }
    }

    private String write(String features) {
        String numbers = graph.cast(features, Graph.DOUBLE);
        List<String> entered = new ArrayList<>();
        int below = 0;
        for (int place = 0; place < header.get("inputs").size(); place++) {
            JsonNode input = header.get("inputs").get(place);
            entered.add(enter(graph.column(numbers, place), input));
            below += width(input);
        }
        String rows = graph.concat(entered);
        int hidden = header.get("layers").asInt();
        for (int layer = 0; layer <= hidden; layer++) {
            int width = header.get(layer < hidden ? "width" : "outputs").asInt();
            String products = graph.node("MatMul", rows, graph.transposed(next(width, below)));
            rows = graph.node("Add", products, next(1, width));
            if (layer < hidden) {
                String strength = next(1, width);
                String change = graph.node("Sub", activated(rows), rows);
                rows = graph.node("Add", rows, graph.node("Mul", strength, change));
            }
            below = width;
        }
        if (header.get("kind").asText().equals("value")) {
            String scaled = graph.node("Mul", rows, graph.doubles(number("scale")));
            String value = graph.node("Add", scaled, graph.doubles(number("center")));
            return Probabilities.bounded(graph, value, number("lower"), number("upper"));
        }
        return Probabilities.softmax(graph, rows, below);
    }

    private double number(String name) {
        return header.get(name).asDouble();
    }

    /** The next numbers of the file as a table. */
    private String next(int rows, int columns) {
        float[] numbers = new float[Math.multiplyExact(rows, columns)];
        weights.get(numbers);
        return graph.cast(graph.node("Reshape", graph.floats(numbers), graph.longs(rows, columns)), Graph.DOUBLE);
    }

    private int width(JsonNode input) {
        int levels = input.get("levels").asInt();
        return switch (input.get("kind").asText()) {
            case "number" -> 1;
            case "periodic" -> 1 + SUMS;
            case "one_hot" -> levels == 2 ? 1 : levels;
            default -> header.get("embedding").asInt();
        };
    }

    private String enter(String values, JsonNode input) {
        int levels = input.get("levels").asInt();
        return switch (input.get("kind").asText()) {
            case "number" -> bent(values);
            case "periodic" -> waves(bent(values));
            case "one_hot" -> graph.lookUp(graph.table(indicators(levels)), codes(values, levels));
            default -> graph.lookUp(next(levels + 1, header.get("embedding").asInt()), codes(values, levels));
        };
    }

    /** Outliers come near, a missing number is 0. */
    private String bent(String values) {
        String known = graph.node("Where", graph.node("IsNaN", values), graph.doubles(0), values);
        String bounded = Probabilities.bounded(graph, known, -FAR, FAR);
        String squares = graph.node("Div", graph.node("Mul", bounded, bounded), graph.doubles(BEND * BEND));
        return graph.node("Div", bounded, graph.node("Sqrt", graph.node("Add", graph.doubles(1), squares)));
    }

    private String waves(String bent) {
        int count = header.get("frequencies").asInt();
        String turns = graph.node("Mul", bent, next(1, count));
        String angles = graph.node("Mul", graph.node("Add", turns, next(1, count)), graph.doubles(2 * Math.PI));
        // onnxruntime has no cosine of doubles, but a sine.
        String cosines = graph.node("Sin", graph.node("Add", angles, graph.doubles(Math.PI / 2)));
        String sums = graph.node("MatMul", cosines, graph.transposed(next(SUMS, count)));
        return graph.concat(List.of(bent, graph.node("Add", sums, next(1, SUMS))));
    }

    /** The place of each category; the one behind all of them for none. */
    private String codes(String values, int levels) {
        String known = graph.node(
                "And",
                graph.node("GreaterOrEqual", values, graph.doubles(0)),
                graph.node("Less", values, graph.doubles(levels)));
        return graph.cast(graph.node("Where", known, values, graph.doubles(levels)), Graph.LONG);
    }

    private static double[][] indicators(int levels) {
        if (levels == 2) {
            return new double[][] {{-1}, {1}, {0}};
        }
        double[][] rows = new double[levels + 1][levels];
        for (int level = 0; level < levels; level++) {
            rows[level][level] = 1;
        }
        return rows;
    }

    private String activated(String sums) {
        if (header.get("activation").asText().equals("selu")) {
            String exponential = graph.node("Exp", graph.node("Min", sums, graph.doubles(0)));
            String negative = graph.node("Mul", graph.node("Sub", exponential, graph.doubles(1)), graph.doubles(ALPHA));
            String above = graph.node("Greater", sums, graph.doubles(0));
            return graph.node("Mul", graph.node("Where", above, sums, negative), graph.doubles(LAMBDA));
        }
        String e = graph.node("Exp", graph.node("Min", sums, graph.doubles(FLAT)));
        String product = graph.node("Mul", e, graph.node("Add", e, graph.doubles(2)));
        String share = graph.node("Div", product, graph.node("Add", product, graph.doubles(2)));
        return graph.node("Mul", sums, share);
    }
}
