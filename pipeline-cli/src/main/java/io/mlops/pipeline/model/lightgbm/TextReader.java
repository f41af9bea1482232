package io.mlops.pipeline.model.lightgbm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads trees in LightGBM's text, version 4, and trusts nothing that it says. */
final class TextReader {
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;

    private final int features;

    private TextReader(int features) {
        this.features = features;
    }

    /**
     * The trees, round by round, one for each sum.
     *
     * @param features how many features there must be
     * @param sums how many trees there must be in a round
     * @throws IllegalArgumentException where the text is damaged or says what is not understood
     */
    static List<Tree> read(String text, int features, int sums) {
        int end = text.indexOf("\nend of trees\n");
        require(end >= 0, "its trees do not end");
        String[] blocks = text.substring(0, end).split("\n\n+Tree=[0-9]+\n", -1);
        Map<String, String> header = entries(blocks[0]);
        require("v4".equals(header.get("version")), "it is not of version 4");
        require(number(header, "max_feature_idx") == features - 1, "it has another number of features");
        require(number(header, "num_tree_per_iteration") == sums, "it has another number of outputs");
        require(!blocks[0].contains("\naverage_output"), "its trees are to be averaged");
        require(blocks.length > 1 && (blocks.length - 1) % sums == 0, "its rounds are not whole");
        require(values(header, "tree_sizes").length == blocks.length - 1, "it has another number of trees");
        TextReader reader = new TextReader(features);
        List<Tree> trees = new ArrayList<>();
        for (String block : Arrays.asList(blocks).subList(1, blocks.length)) {
            trees.add(reader.tree(entries(block)));
        }
        return List.copyOf(trees);
    }

    private Tree tree(Map<String, String> entries) {
        double[] leaves = doubles(entries, "leaf_value", number(entries, "num_leaves"));
        require(leaves.length > 0, "a tree lacks leaves");
        require(Arrays.stream(leaves).allMatch(Double::isFinite), "a leaf is not finite");
        int nodes = leaves.length - 1;
        require("0".equals(entries.get("is_linear")), "it has linear trees");
        int[] split = ints(entries, "split_feature", nodes);
        int[] decisions = ints(entries, "decision_type", nodes);
        int[] left = ints(entries, "left_child", nodes);
        int[] right = ints(entries, "right_child", nodes);
        // An infinite one sends all that is not missing to one side.
        double[] thresholds = doubles(entries, "threshold", nodes);
        double[] gains = doubles(entries, "split_gain", nodes);
        boolean[] missingLeft = new boolean[nodes];
        float[] floats = new float[nodes];
        int[] @Nullable [] categories = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            require(split[node] >= 0 && split[node] < features, "a tree splits on a feature that there is not");
            requireChild(left[node], node, nodes);
            requireChild(right[node], node, nodes);
            if ((decisions[node] & CATEGORICAL) != 0) {
                categories[node] = codes(entries, (int) thresholds[node]);
            } else {
                floats[node] = floor(thresholds[node]);
                missingLeft[node] = missingLeft(decisions[node], thresholds[node]);
            }
        }
        return new Tree(split, floats, missingLeft, categories, left, right, gains, leaves);
    }

    private static boolean missingLeft(int decision, double threshold) {
        return switch (decision >> 2) {
            // Where nothing was missing in training, a missing value counts as 0.
            case 0 -> 0 <= threshold;
            case 2 -> (decision & DEFAULT_LEFT) != 0;
            default -> throw new IllegalArgumentException("it takes zeros for missing");
        };
    }

    /** The greatest float that is not above. */
    private static float floor(double threshold) {
        float nearest = (float) threshold;
        return nearest > threshold ? Math.nextDown(nearest) : nearest;
    }

    private static int[] codes(Map<String, String> entries, int set) {
        String[] bounds = values(entries, "cat_boundaries");
        String[] words = values(entries, "cat_threshold");
        require(set >= 0 && set + 1 < bounds.length, "a tree lacks categories");
        int from = Integer.parseInt(bounds[set]);
        int to = Integer.parseInt(bounds[set + 1]);
        require(from >= 0 && from < to && to <= words.length, "a tree lacks categories");
        int[] codes = new int[to - from];
        Arrays.setAll(codes, i -> Integer.parseUnsignedInt(words[from + i]));
        return codes;
    }

    private static void requireChild(int child, int node, int nodes) {
        boolean inner = child > node && child < nodes;
        boolean leaf = child < 0 && ~child <= nodes;
        require(inner || leaf, "a node of a tree has a child that there is not");
    }

    private static Map<String, String> entries(String block) {
        Map<String, String> entries = new HashMap<>();
        for (String line : block.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                entries.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return entries;
    }

    private static String[] values(Map<String, String> entries, String name) {
        String all = entries.get(name);
        if (all == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return all.isEmpty() ? new String[0] : all.split(" ");
    }

    private static double[] doubles(Map<String, String> entries, String name, int count) {
        double[] numbers = Arrays.stream(values(entries, name))
                .map(each -> each.replace("inf", "Infinity"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        require(numbers.length == count, "a tree lacks " + name);
        require(Arrays.stream(numbers).noneMatch(Double::isNaN), name + " is not a number");
        return numbers;
    }

    private static int[] ints(Map<String, String> entries, String name, int count) {
        int[] numbers =
                Arrays.stream(values(entries, name)).mapToInt(Integer::parseInt).toArray();
        require(numbers.length == count, "a tree lacks " + name);
        return numbers;
    }

    private static int number(Map<String, String> entries, String name) {
        return ints(entries, name, 1)[0];
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
