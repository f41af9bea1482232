package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.lightgbm.LightgbmModel;
import io.mlops.pipeline.model.lightgbm.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Trees of LightGBM, whose sums are taken in double precision as it does. */
final class LeafwiseTrees {
    private LeafwiseTrees() {}

    /** One probability per class, or one value. */
    static String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target) {
        LightgbmModel model = LightgbmModel.read(folder, target);
        List<Tree> all = model.trees();
        int sums = model.sums();
        int each = all.size() / sums;
        Trees trees = new Trees();
        for (int i = 0; i < all.size(); i++) {
            add(trees, i, all.get(i), (long) i % sums * each + i / sums);
        }
        String leaves =
                graph.node("Reshape", graph.leaves(features, trees.attributes(all.size())), graph.longs(0, sums, each));
        String totals = graph.node(
                "Reshape",
                graph.node("ReduceSum", graph.cast(leaves, Graph.DOUBLE), graph.longs(2)),
                graph.longs(0, sums));
        return switch (target.task()) {
            case BINARY -> Probabilities.both(graph, Probabilities.sigmoid(graph, totals));
            case MULTICLASS -> Probabilities.softmax(graph, totals, sums);
            case REGRESSION ->
                graph.node(
                        "Add",
                        graph.node("Mul", totals, graph.doubles(model.outputs().scale())),
                        graph.doubles(model.outputs().offset()));
        };
    }

    private static void add(Trees trees, int position, Tree tree, long output) {
        int nodes = tree.left().length;
        // The nodes of a chain of categories come after the leaves.
        int next = 2 * nodes + 1;
        for (int node = 0; node < nodes; node++) {
            int left = number(tree.left()[node], nodes);
            int right = number(tree.right()[node], nodes);
            int feature = tree.features()[node];
            int[] bits = tree.categories()[node];
            if (bits == null) {
                trees.addNode(
                        position,
                        node,
                        "BRANCH_LEQ",
                        feature,
                        tree.thresholds()[node],
                        left,
                        right,
                        tree.missingLeft()[node]);
            } else {
                int[] codes = IntStream.range(0, 32 * bits.length)
                        .filter(code -> Tree.holds(bits, code))
                        .toArray();
                int number = node;
                for (int k = 0; k < codes.length; k++) {
                    int otherwise = k + 1 < codes.length ? next++ : right;
                    trees.addNode(position, number, "BRANCH_EQ", feature, codes[k], left, otherwise, false);
                    number = otherwise;
                }
            }
        }
        for (int leaf = 0; leaf < tree.leaves().length; leaf++) {
            trees.addLeaf(position, nodes + leaf, output, (float) tree.leaves()[leaf]);
        }
    }

    /** A leaf's number follows those of the nodes. The node that is added first is the root. */
    private static int number(int child, int nodes) {
        return child >= 0 ? child : nodes + ~child;
    }
}
