package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed columns to the features of a model; {@code docs/reference/preprocessor.md} describes each step. */
final class Preprocessing {
    private Preprocessing() {}

    /** The features, in single precision. */
    static String write(Graph graph, JsonNode preprocessor) throws NotInOnnx {
        Map<String, String> inputs = new LinkedHashMap<>();
        List<String> blocks = new ArrayList<>();
        for (JsonNode block : preprocessor.get("blocks")) {
            blocks.add(block(graph, block, inputs));
        }
        if (blocks.isEmpty()) {
            throw new NotInOnnx("the model reads no column");
        }
        return single(graph, graph.concat(blocks));
    }

    private static String block(Graph graph, JsonNode block, Map<String, String> inputs) throws NotInOnnx {
        String column = block.get("column").asText();
        String cells = cells(graph, block, inputs);
        int next = 0;
        if (block.has("second")) {
            String second = cells(graph, block.get("second"), inputs);
            cells = joined(graph, column, cells, second, block.get("steps").get(next++));
        }
        String encoded = encoded(graph, block, cells, block.get("steps").get(next++));
        while (next < block.get("steps").size()) {
            encoded = refined(graph, encoded, block.get("steps").get(next++));
        }
        return encoded;
    }

    /** The cells of a column, which becomes an input of the graph where it is none yet. */
    private static String cells(Graph graph, JsonNode read, Map<String, String> inputs) throws NotInOnnx {
        String column = read.get("column").asText();
        if (read.get("type").asText().equals("datetime")) {
            throw new NotInOnnx("column '" + column + "' is a date");
        }
        if (!inputs.containsKey(column)) {
            boolean words = isWords(read);
            graph.input(column, words ? Graph.TEXT : Graph.DOUBLE);
            inputs.put(column, words ? column : finite(graph, column));
        }
        return String.valueOf(inputs.get(column));
    }

    private static boolean isWords(JsonNode read) {
        return List.of("category", "text", "identifier")
                .contains(read.get("type").asText());
    }

    private static String joined(Graph graph, String column, String first, String second, JsonNode step)
            throws NotInOnnx {
        String name = step.get("step").asText();
        return switch (name) {
            case "arithmetic" ->
                arithmetic(graph, first, second, step.get("operator").asText());
            case "group_difference" -> graph.node("Sub", first, means(graph, second, step, "means", step.get("other")));
            default -> throw new NotInOnnx("column '" + column + "' has the step '" + name + "'");
        };
    }

    private static String arithmetic(Graph graph, String first, String second, String operator) throws NotInOnnx {
        return switch (operator) {
            case "difference" -> graph.node("Sub", first, second);
            case "product" -> graph.node("Mul", first, second);
            case "ratio" ->
                graph.node(
                        "Where",
                        graph.node("Equal", second, graph.doubles(0)),
                        graph.doubles(Double.NaN),
                        graph.node("Div", first, second));
            default -> throw new NotInOnnx("there is the operator '" + operator + "'");
        };
    }

    private static String encoded(Graph graph, JsonNode block, String cells, JsonNode step) throws NotInOnnx {
        String name = step.get("step").asText();
        return switch (name) {
            case "number" -> cells;
            case "missing_indicator" ->
                isWords(block)
                        ? indicators(graph, graph.places(cells, List.of(""), -1), 1)
                        : graph.cast(graph.node("IsNaN", cells), Graph.DOUBLE);
            case "codes", "ordinal" -> codes(graph, cells, texts(step.get("levels")));
            case "one_hot" -> oneHot(graph, cells, step);
            case "target_encoding" -> targets(graph, cells, step);
            case "frequency" -> means(graph, cells, step, "shares", null);
            case "group_mean" -> means(graph, cells, step, "means", step.get("other"));
            default -> throw new NotInOnnx("column '" + block.get("column").asText() + "' has the step '" + name + "'");
        };
    }

    /** A number for each word, for a missing one and for every other; 0 for those where it is null. */
    private static String means(Graph graph, String words, JsonNode step, String key, @Nullable JsonNode other) {
        List<String> levels = new ArrayList<>(texts(step.get("levels")));
        List<double[]> rows = new ArrayList<>();
        step.get(key).forEach(number -> rows.add(new double[] {number.asDouble()}));
        levels.add("");
        rows.add(new double[] {step.get("missing").asDouble()});
        rows.add(new double[] {other == null ? 0 : other.asDouble()});
        return graph.lookUp(graph.table(rows.toArray(double[][]::new)), graph.places(words, levels, levels.size()));
    }

    /** An infinite cell is a missing one. */
    private static String finite(Graph graph, String column) {
        return graph.node("Where", graph.node("IsInf", column), graph.doubles(Double.NaN), column);
    }

    private static String indicators(Graph graph, String places, int width) {
        long[] all = new long[width];
        Arrays.setAll(all, i -> i);
        return graph.cast(graph.node("Equal", places, graph.longs(all)), Graph.DOUBLE);
    }

    private static String codes(Graph graph, String words, List<String> levels) {
        String places = graph.places(words, levels, -1);
        return graph.node(
                "Where",
                graph.node("Less", places, graph.longs(0)),
                graph.doubles(Double.NaN),
                graph.cast(places, Graph.DOUBLE));
    }

    private static String oneHot(Graph graph, String words, JsonNode step) {
        List<String> levels = texts(step.get("levels"));
        int width = levels.size() + (step.get("other").asBoolean() ? 1 : 0);
        // The place after the last is that of every other word; of the empty word there is none.
        List<String> known = new ArrayList<>(levels);
        String other = graph.places(words, List.of(""), levels.size());
        String place = levels.isEmpty() ? other : graph.places(words, known, -1);
        String unseen = graph.node("Less", place, graph.longs(0));
        String rest = graph.node(
                "Where", graph.node("Equal", other, graph.longs(0)), graph.longs(-1), graph.longs(levels.size()));
        if (levels.isEmpty()) {
            return graph.cast(graph.node("Equal", rest, graph.longs(0)), Graph.DOUBLE);
        }
        return indicators(graph, graph.node("Where", unseen, rest, place), width);
    }

    private static String targets(Graph graph, String words, JsonNode step) {
        List<String> levels = new ArrayList<>(texts(step.get("levels")));
        List<double[]> rows = new ArrayList<>();
        step.get("values").forEach(row -> rows.add(doubles(row)));
        levels.add("");
        rows.add(doubles(step.get("missing")));
        rows.add(doubles(step.get("prior")));
        return graph.lookUp(graph.table(rows.toArray(double[][]::new)), graph.places(words, levels, levels.size()));
    }

    private static String refined(Graph graph, String numbers, JsonNode step) throws NotInOnnx {
        switch (step.get("step").asText()) {
            case "clip" -> {
                String lower = graph.doubles(doubles(step.get("lower")));
                String upper = graph.doubles(doubles(step.get("upper")));
                String raised = graph.node("Where", graph.node("Less", numbers, lower), lower, numbers);
                return graph.node("Where", graph.node("Greater", raised, upper), upper, raised);
            }
            case "impute" -> {
                String values = graph.doubles(doubles(step.get("values")));
                return graph.node("Where", graph.node("IsNaN", numbers), values, numbers);
            }
            case "scale" -> {
                String centred = graph.node("Sub", numbers, graph.doubles(doubles(step.get("center"))));
                return graph.node("Div", centred, graph.doubles(doubles(step.get("spread"))));
            }
            default ->
                throw new NotInOnnx("there is the step '" + step.get("step").asText() + "'");
        }
    }

    /** The nearest finite numbers of single precision. */
    private static String single(Graph graph, String numbers) {
        String rounded = graph.cast(numbers, Graph.FLOAT);
        String most = graph.floats(Float.MAX_VALUE);
        String least = graph.floats(-Float.MAX_VALUE);
        String raised = graph.node("Where", graph.node("Less", rounded, least), least, rounded);
        return graph.node("Where", graph.node("Greater", raised, most), most, raised);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    static double[] doubles(JsonNode array) {
        double[] numbers = new double[array.size()];
        Arrays.setAll(numbers, i -> array.get(i).asDouble());
        return numbers;
    }
}
