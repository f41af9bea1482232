package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.ModelFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Support vectors in LibSVM's text format, with the kernel of radial basis functions. */
final class Kernel {
    private Kernel() {}

    /** One probability for each of two classes, or one value. */
    static String write(Graph graph, String features, Path folder) throws NotInOnnx {
        JsonNode index = OnnxModel.read(folder.resolve("kernel.json"));
        if (!index.get("classes").isEmpty() && index.get("outputs").asInt() != 2) {
            throw new NotInOnnx("no operator couples the pairs of three and more classes as the family 'svm' does");
        }
        String text = new String(ModelFiles.readBytes(folder.resolve("vectors.libsvm")), StandardCharsets.US_ASCII);
        int end = text.indexOf("\nSV\n");
        Map<String, String[]> header = new LinkedHashMap<>();
        text.substring(0, end).lines().map(line -> line.split(" ")).forEach(words -> header.put(words[0], words));
        List<String> lines = text.substring(end + 4).lines().toList();
        double[][] vectors = new double[lines.size()][index.get("numbers").size()];
        double[][] coefficients = new double[lines.size()][1];
        double[] squares = new double[lines.size()];
        Map<Integer, Integer> columns = columns(index.get("numbers"));
        for (int i = 0; i < vectors.length; i++) {
            String[] cells = lines.get(i).trim().split(" ");
            coefficients[i][0] = Double.parseDouble(cells[0]);
            for (int k = 1; k < cells.length; k++) {
                String[] cell = cells[k].split(":");
                vectors[i][columns.getOrDefault(Integer.valueOf(cell[0]), 0)] = Double.parseDouble(cell[1]);
            }
            squares[i] = Arrays.stream(vectors[i]).map(each -> each * each).sum();
        }
        String rows = graph.cast(features, Graph.DOUBLE);
        String used = graph.node("Mul", rows, graph.doubles(used(index.get("numbers"))));
        String products = graph.node("MatMul", used, graph.transposed(graph.table(vectors)));
        String lengths = graph.node("Add", graph.sum(graph.node("Mul", used, used)), graph.doubles(squares));
        String distances = graph.node("Sub", lengths, graph.node("Mul", graph.doubles(2), products));
        String similar = graph.node(
                "Exp",
                graph.node(
                        "Mul",
                        graph.node("Max", distances, graph.doubles(0)),
                        graph.doubles(-number(header, "gamma"))));
        String margin = graph.node(
                "Sub", graph.node("MatMul", similar, graph.table(coefficients)), graph.doubles(number(header, "rho")));
        if (index.get("classes").isEmpty()) {
            JsonNode scaling = index.get("scaling");
            String scaled = graph.node(
                    "Mul", margin, graph.doubles(scaling.get("deviation").asDouble()));
            return graph.node("Add", scaled, graph.doubles(scaling.get("mean").asDouble()));
        }
        String logit = graph.node(
                "Add",
                graph.node("Mul", margin, graph.doubles(-number(header, "probA"))),
                graph.doubles(-number(header, "probB")));
        String first = Probabilities.bounded(
                graph, Probabilities.sigmoid(graph, logit), Calibration.SMALLEST, 1 - Calibration.SMALLEST);
        int label = (int) number(header, "label");
        boolean firstIsSecondClass = index.get("classes").get(label).asInt() == 1;
        return Probabilities.both(graph, firstIsSecondClass ? first : graph.node("Sub", graph.doubles(1), first));
    }

    /** The place of each of LibSVM's numbers for features. */
    private static Map<Integer, Integer> columns(JsonNode numbers) {
        Map<Integer, Integer> columns = new LinkedHashMap<>();
        for (int column = 0; column < numbers.size(); column++) {
            columns.put(numbers.get(column).asInt(), column);
        }
        return columns;
    }

    /** 1 for each feature that counts, 0 for one that was the same in all rows. */
    private static double[] used(JsonNode numbers) {
        double[] used = new double[numbers.size()];
        Arrays.setAll(used, column -> numbers.get(column).asInt() < 0 ? 0 : 1);
        return used;
    }

    private static double number(Map<String, String[]> header, String name) {
        String[] words = header.get(name);
        if (words == null || words.length < 2) {
            throw new IllegalStateException("the support vectors have no " + name);
        }
        return Double.parseDouble(words[1]);
    }
}
