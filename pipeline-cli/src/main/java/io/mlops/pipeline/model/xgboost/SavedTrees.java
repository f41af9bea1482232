package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.model.ModelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a saved model, for whoever writes them in another form.
 *
 * @param kind what their sums mean: {@code positive}, {@code positive_share}, {@code classes}, {@code shares} or
 *     {@code value}; the sums of {@code positive} are logits of the second class, of {@code classes} one logit each
 * @param offsets what is added to each output, once it is scaled
 * @param scale what each sum is multiplied with
 * @param start what each sum starts from; XGBoost adds in single precision, tree by tree
 * @param trees those that count, in their order
 */
public record SavedTrees(String kind, double[] offsets, double scale, float start, List<Tree> trees) {
    /**
     * One tree; a node's row goes left where its value is below the threshold, or is none of the categories.
     *
     * @param sum which sum the tree adds to
     * @param left the left child of each node, -1 of a leaf
     * @param values the threshold of each node, the weight of a leaf
     * @param missingLeft whether a missing value goes left
     * @param covers how much each node weighed in training
     * @param categories the codes that go right, by the node; of a node that has no threshold
     */
    public record Tree(
            int sum,
            int[] left,
            int[] right,
            int[] features,
            float[] values,
            boolean[] missingLeft,
            double[] covers,
            Map<Integer, int[]> categories) {}

    /** Reads the trees in a model's folder. */
    public static SavedTrees read(Path folder) {
        Outputs outputs = ModelFiles.readJson(folder.resolve(TreeModel.OUTPUTS), Outputs.class);
        return of(ModelFiles.readBytes(folder.resolve(TreeModel.TREES)), outputs);
    }

    static SavedTrees of(byte[] ubj, Outputs outputs) {
        Map<?, ?> learner = map(new UbjReader(ubj).readObject().get("learner"));
        Map<?, ?> booster = map(map(learner.get("gradient_booster")).get("model"));
        double[] rounds = numbers(booster.get("iteration_indptr"));
        int count = (int) rounds[Math.min(outputs.rounds(), rounds.length - 1)];
        double[] sums = numbers(booster.get("tree_info"));
        List<?> all = list(booster.get("trees"));
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trees.add(tree(map(all.get(i)), (int) sums[i]));
        }
        float base = base(String.valueOf(map(learner.get("learner_model_param")).get("base_score")));
        boolean logit = outputs.kind() == Outputs.Kind.POSITIVE;
        return new SavedTrees(
                outputs.kind().name().toLowerCase(Locale.ROOT),
                outputs.offsets(),
                outputs.scale(),
                logit ? (float) -Math.log(1 / base - 1) : base,
                List.copyOf(trees));
    }

    /** XGBoost writes one number, or the same number for each sum: {@code [5E-1]}. */
    private static float base(String text) {
        String first = text.replace("[", "").replace("]", "");
        int comma = first.indexOf(',');
        return Float.parseFloat(comma < 0 ? first : first.substring(0, comma));
    }

    private static Tree tree(Map<?, ?> tree, int sum) {
        double[] values = numbers(tree.get("split_conditions"));
        float[] floats = new float[values.length];
        boolean[] missingLeft = new boolean[values.length];
        double[] left = numbers(tree.get("default_left"));
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
            missingLeft[i] = left[i] != 0;
        }
        Map<Integer, int[]> categories = new TreeMap<>();
        int[] codes = ints(tree.get("categories"));
        int[] nodes = ints(tree.get("categories_nodes"));
        int[] starts = ints(tree.get("categories_segments"));
        int[] sizes = ints(tree.get("categories_sizes"));
        for (int i = 0; i < nodes.length; i++) {
            categories.put(nodes[i], Arrays.copyOfRange(codes, starts[i], starts[i] + sizes[i]));
        }
        return new Tree(
                sum,
                ints(tree.get("left_children")),
                ints(tree.get("right_children")),
                ints(tree.get("split_indices")),
                floats,
                missingLeft,
                numbers(tree.get("sum_hessian")),
                categories);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static int[] ints(@Nullable Object value) {
        return Arrays.stream(numbers(value)).mapToInt(each -> (int) each).toArray();
    }

    private static double[] numbers(@Nullable Object value) {
        return Gains.numbers(value);
    }
}
