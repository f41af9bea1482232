package io.mlops.pipeline.bundle.onnx;

import java.util.List;

/** What several families and calibrations do with probabilities, in double precision. */
final class Probabilities {
    private Probabilities() {}

    /** The probability of a logarithm of odds. */
    static String sigmoid(Graph graph, String logits) {
        String one = graph.doubles(1);
        return graph.node("Div", one, graph.node("Add", one, graph.node("Exp", graph.node("Neg", logits))));
    }

    /** The probabilities of two classes from that of the second. */
    static String both(Graph graph, String positive) {
        return graph.concat(List.of(graph.node("Sub", graph.doubles(1), positive), positive));
    }

    /** Each row divided by its sum; equal shares where that is 0. */
    static String share(Graph graph, String numbers, int classes) {
        String total = graph.sum(numbers);
        String some = graph.node("Greater", total, graph.doubles(0));
        String shares = graph.node("Div", numbers, graph.node("Where", some, total, graph.doubles(1)));
        return graph.node("Where", some, shares, graph.doubles(1.0 / classes));
    }

    /** The exponentials of each row, divided by their sum. */
    static String softmax(Graph graph, String sums, int classes) {
        return share(graph, graph.node("Exp", graph.node("Sub", sums, graph.max(sums))), classes);
    }

    static String bounded(Graph graph, String numbers, double low, double high) {
        return graph.node("Min", graph.node("Max", numbers, graph.doubles(low)), graph.doubles(high));
    }
}
