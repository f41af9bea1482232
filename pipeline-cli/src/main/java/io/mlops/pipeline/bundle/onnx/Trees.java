package io.mlops.pipeline.bundle.onnx;

import io.mlops.pipeline.model.xgboost.SavedTrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees: one node gives the leaf of each, and what follows adds them up. */
final class Trees {
    private final List<Long> tree = new ArrayList<>();
    private final List<Long> node = new ArrayList<>();
    private final List<Long> feature = new ArrayList<>();
    private final List<Float> value = new ArrayList<>();
    private final List<String> mode = new ArrayList<>();
    private final List<Long> whenTrue = new ArrayList<>();
    private final List<Long> whenFalse = new ArrayList<>();
    private final List<Long> missingIsTrue = new ArrayList<>();
    private final List<Long> leafTree = new ArrayList<>();
    private final List<Long> leafNode = new ArrayList<>();
    private final List<Long> leafOutput = new ArrayList<>();
    private final List<Float> leafWeight = new ArrayList<>();

    /** Those of XGBoost: one probability per class, or one value. */
    static String write(Graph graph, String features, Path folder) {
        SavedTrees saved = SavedTrees.read(folder);
        int sums = saved.trees().stream().mapToInt(SavedTrees.Tree::sum).max().orElse(0) + 1;
        int each = saved.trees().size() / sums;
        Trees trees = new Trees();
        int[] added = new int[sums];
        for (int i = 0; i < saved.trees().size(); i++) {
            SavedTrees.Tree tree = saved.trees().get(i);
            float start = added[tree.sum()] == 0 ? saved.start() : 0;
            trees.add(i, tree, (long) tree.sum() * each + added[tree.sum()]++, start);
        }
        // Added in XGBoost's order and precision: what rounds otherwise gives other predictions where much cancels out.
        String leaves = graph.node(
                "Reshape", graph.leaves(features, trees.attributes(saved.trees().size())), graph.longs(0, sums, each));
        String started = graph.cast(graph.last(graph.node("CumSum", leaves, graph.whole(2)), each), Graph.DOUBLE);
        String outputs = graph.node(
                "Add",
                graph.node("Mul", started, graph.doubles(saved.scale())),
                graph.doubles(
                        saved.kind().equals("positive_share") ? new double[] {saved.offsets()[0]} : saved.offsets()));
        return switch (saved.kind()) {
            case "positive" -> Probabilities.both(graph, Probabilities.sigmoid(graph, started));
            case "classes" -> Probabilities.softmax(graph, started, sums);
            case "positive_share" -> Probabilities.both(graph, Probabilities.bounded(graph, outputs, 0, 1));
            case "shares" -> Probabilities.share(graph, graph.node("Max", outputs, graph.doubles(0)), sums);
            default -> outputs;
        };
    }

    private void add(int position, SavedTrees.Tree from, long output, float start) {
        // The nodes of a chain of categories come after the tree's own.
        int next = from.left().length;
        for (int i = 0; i < from.left().length; i++) {
            int[] codes = from.categories().get(i);
            if (from.left()[i] < 0) {
                addLeaf(position, i, output, start + from.values()[i]);
            } else if (codes == null) {
                addNode(
                        position,
                        i,
                        "BRANCH_LT",
                        from.features()[i],
                        from.values()[i],
                        from.left()[i],
                        from.right()[i],
                        from.missingLeft()[i]);
            } else {
                // A missing value equals the first category or none.
                for (int k = 0; k < codes.length; k++) {
                    int otherwise = k + 1 < codes.length ? next : from.left()[i];
                    addNode(
                            position,
                            k == 0 ? i : next - 1,
                            "BRANCH_EQ",
                            from.features()[i],
                            codes[k],
                            from.right()[i],
                            otherwise,
                            k == 0 && !from.missingLeft()[i]);
                    next += k + 1 < codes.length ? 1 : 0;
                }
            }
        }
    }

    /** Adds a leaf, which gives some neighbouring outputs a number each. */
    void addLeaf(int inTree, int number, long output, float... weights) {
        addNode(inTree, number, "LEAF", 0, 0, 0, 0, false);
        for (int k = 0; k < weights.length; k++) {
            leafTree.add((long) inTree);
            leafNode.add((long) number);
            leafOutput.add(output + k);
            leafWeight.add(weights[k]);
        }
    }

    void addNode(int inTree, int number, String kind, int column, float threshold, int yes, int no, boolean missing) {
        tree.add((long) inTree);
        node.add((long) number);
        mode.add(kind);
        feature.add((long) column);
        value.add(threshold);
        whenTrue.add((long) yes);
        whenFalse.add((long) no);
        missingIsTrue.add(missing ? 1L : 0L);
    }

    Map<String, Object> attributes(int outputs) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("n_targets", (long) outputs);
        attributes.put("nodes_treeids", longs(tree));
        attributes.put("nodes_nodeids", longs(node));
        attributes.put("nodes_modes", mode);
        attributes.put("nodes_featureids", longs(feature));
        attributes.put("nodes_values", floats(value));
        attributes.put("nodes_truenodeids", longs(whenTrue));
        attributes.put("nodes_falsenodeids", longs(whenFalse));
        attributes.put("nodes_missing_value_tracks_true", longs(missingIsTrue));
        attributes.put("target_treeids", longs(leafTree));
        attributes.put("target_nodeids", longs(leafNode));
        attributes.put("target_ids", longs(leafOutput));
        attributes.put("target_weights", floats(leafWeight));
        return attributes;
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private static float[] floats(List<Float> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i);
        }
        return floats;
    }
}
