package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.forest.ForestHeader;
import io.mlops.pipeline.model.forest.ForestModel;
import io.mlops.pipeline.model.forest.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Extremely randomised trees: categories become their ranks first, by which the trees split them. */
final class RankedTrees {
    /** A graph of more nodes takes more memory to write than a training may have left. */
    private static final int MOST_NODES = 500_000;

    private RankedTrees() {}

    /** One probability per class, or one value. */
    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target)
            throws NotInOnnx {
        ForestModel model = ForestModel.read(folder, target);
        ForestHeader header = model.header();
        int outputs = header.outputs();
        int count = model.trees().size();
        long nodes = model.trees().stream()
                .mapToLong(tree -> tree.left().length + (long) tree.leaves().length)
                .sum();
        if (nodes > MOST_NODES) {
            throw new NotInOnnx(String.format(
                    Locale.ROOT, "a graph of trees with %,d nodes and leaves' numbers would be too large", nodes));
        }
        Trees trees = new Trees();
        for (int i = 0; i < count; i++) {
            add(trees, i, model.trees().get(i), outputs);
        }
        String leaves = graph.node(
                "Reshape",
                graph.leaves(ranked(graph, features, header.ranks()), trees.attributes(count * outputs)),
                graph.longs(0, count, outputs));
        String sums = graph.node(
                "Reshape",
                graph.node("ReduceSum", graph.cast(leaves, Graph.DOUBLE), graph.longs(1)),
                graph.longs(0, outputs));
        return switch (target.task()) {
            case BINARY -> Probabilities.both(graph, graph.node("Div", sums, graph.doubles(count)));
            case MULTICLASS -> Probabilities.share(graph, sums, outputs);
            case REGRESSION ->
                graph.node(
                        "Add",
                        graph.node("Div", graph.node("Mul", sums, graph.doubles(header.scale())), graph.doubles(count)),
                        graph.doubles(header.offset()));
        };
    }

    /** The features, with a rank in place of each category that has one; others are missing. */
    private static String ranked(Graph graph, String features, List<float[]> ranks) {
        List<String> columns = new ArrayList<>();
        int from = 0;
        for (int column = 0; column < ranks.size(); column++) {
            float[] own = ranks.get(column);
            if (own.length > 0) {
                if (column > from) {
                    columns.add(graph.columns(features, from, column));
                }
                columns.add(ranks(graph, graph.column(features, column), own));
                from = column + 1;
            }
        }
        if (columns.isEmpty()) {
            return features;
        }
        if (from < ranks.size()) {
            columns.add(graph.columns(features, from, ranks.size()));
        }
        return graph.concat(columns);
    }

    private static String ranks(Graph graph, String codes, float[] ranks) {
        String known = graph.node(
                "And",
                graph.node("GreaterOrEqual", codes, graph.floats(0)),
                graph.node("Less", codes, graph.floats(ranks.length)));
        String places = graph.cast(graph.node("Where", known, codes, graph.floats(0)), Graph.LONG);
        return graph.node("Where", known, graph.node("Gather", graph.floats(ranks), places), graph.floats(Float.NaN));
    }

    private static void add(Trees trees, int position, Tree tree, int outputs) {
        for (int node = 0; node < tree.left().length; node++) {
            int left = tree.left()[node];
            if (left < 0) {
                float[] weights = new float[outputs];
                System.arraycopy(tree.leaves(), ~left * outputs, weights, 0, outputs);
                trees.addLeaf(position, node, (long) position * outputs, weights);
            } else {
                trees.addNode(
                        position,
                        node,
                        "BRANCH_LEQ",
                        tree.features()[node],
                        tree.thresholds()[node],
                        left,
                        left + 1,
                        true);
            }
        }
    }
}
