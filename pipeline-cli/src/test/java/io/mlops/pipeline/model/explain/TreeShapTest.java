package io.mlops.pipeline.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition: the mean, over all sets of the other features, of what a feature changes. */
class TreeShapTest {
    private static final int FEATURES = 5;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 9})
    void equalsTheDefinition(int depth) {
        Random random = new Random(depth);
        for (int repeat = 0; repeat < 20; repeat++) {
            List<TreeView> trees = List.of(tree(random, depth, 0), tree(random, depth, 1), tree(random, depth, 0));
            FeatureMatrix rows = rows(random, 19, FEATURES);
            Contributions given = new TreeShap(trees, Link.IDENTITY, new double[] {3, -1}, 0.5).contributions(rows);
            for (int sum = 0; sum < 2; sum++) {
                for (int row = 0; row < rows.rows(); row++) {
                    for (int feature = 0; feature < FEATURES; feature++) {
                        double shapley = 0;
                        for (TreeView tree : trees) {
                            shapley += tree.sum() == sum ? 0.5 * shapley(tree, rows, row, feature) : 0;
                        }
                        assertThat(given.value(row, feature, sum)).isCloseTo(shapley, within(1e-10));
                    }
                }
            }
            assertThat(given.base()[1]).isCloseTo(-1 + 0.5 * value(trees.get(1), rows, 0, 0, 0), within(1e-10));
        }
    }

    @Test
    void addsUpWhateverFeaturesAreMadeOfAColumn() {
        Random random = new Random(3);
        TreeView tree = tree(random, 6, 0);
        FeatureMatrix apart = rows(random, 40, FEATURES);
        FeatureMatrix together = new FeatureMatrix(
                IntStream.range(0, FEATURES)
                        .mapToObj(i -> new Feature("f" + i, i < 3 ? "one" : "two", 0))
                        .toList(),
                40,
                apart.values());
        TreeShap shap = new TreeShap(List.of(tree), Link.IDENTITY, new double[1], 1);
        Contributions single = shap.contributions(apart);
        Contributions summed = shap.contributions(together);
        assertThat(summed.columns()).containsExactly("one", "two");
        for (int row = 0; row < 40; row++) {
            double first = single.value(row, 0, 0) + single.value(row, 1, 0) + single.value(row, 2, 0);
            assertThat(summed.value(row, 0, 0)).isCloseTo(first, within(1e-12));
        }
    }

    @Test
    void isExactForATreeAsDeepAsItHasFeatures() {
        int depth = 60;
        int[] left = new int[2 * depth + 1];
        int[] right = new int[2 * depth + 1];
        int[] features = new int[2 * depth + 1];
        double[] covers = new double[2 * depth + 1];
        double[] values = new double[2 * depth + 1];
        for (int i = 0; i < depth; i++) {
            left[2 * i] = 2 * i + 1;
            right[2 * i] = 2 * i + 2;
            left[2 * i + 1] = -1;
            features[2 * i] = i;
            covers[2 * i] = depth + 1 - i;
            covers[2 * i + 1] = 1;
            values[2 * i + 1] = i;
        }
        left[2 * depth] = -1;
        covers[2 * depth] = 1;
        values[2 * depth] = 1000;
        TreeView chain = new TreeView(0, left, right, features, covers, values, (node, value) -> value < 0);
        FeatureMatrix rows = rows(new Random(1), 30, depth);
        Contributions given = new TreeShap(List.of(chain), Link.IDENTITY, new double[1], 1).contributions(rows);
        for (int row = 0; row < 30; row++) {
            assertThat(given.sums(row)[0]).isCloseTo(value(chain, rows, row, (1L << depth) - 1, 0), within(1e-9));
        }
    }

    @Test
    void copesWithBranchesThatNoTrainingRowTook() {
        TreeView tree = new TreeView(
                0,
                new int[] {1, -1, 3, -1, -1},
                new int[] {2, -1, 4, -1, -1},
                new int[] {0, 0, 0, 0, 0},
                new double[] {5, 5, 0, 0, 0},
                new double[] {0, 7, 0, 11, 13},
                (node, value) -> value < node);
        FeatureMatrix rows = new FeatureMatrix(List.of(new Feature("a", "a", 0)), 3, new float[] {-1, 1, 5});
        Contributions given = new TreeShap(List.of(tree), Link.IDENTITY, new double[1], 1).contributions(rows);
        assertThat(given.base()[0]).isEqualTo(7);
        assertThat(given.sums(0)[0]).isCloseTo(7, within(1e-9));
        assertThat(given.sums(1)[0]).isCloseTo(11, within(1e-9));
        assertThat(given.sums(2)[0]).isCloseTo(13, within(1e-9));
    }

    private static FeatureMatrix rows(Random random, int rows, int features) {
        List<Feature> names = IntStream.range(0, features)
                .mapToObj(i -> new Feature("f" + i, "f" + i, 0))
                .toList();
        float[] values = new float[rows * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(6) == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        return new FeatureMatrix(names, rows, values);
    }

    /** A random tree; the same feature may decide several times on a way. */
    private static TreeView tree(Random random, int depth, int sum) {
        List<int[]> nodes = new ArrayList<>();
        List<Double> covers = new ArrayList<>();
        grow(random, depth, 1 + random.nextInt(100), nodes, covers);
        int count = nodes.size();
        float[] thresholds = new float[count];
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            thresholds[i] = (float) random.nextGaussian();
            values[i] = random.nextGaussian();
        }
        return new TreeView(
                sum,
                nodes.stream().mapToInt(each -> each[0]).toArray(),
                nodes.stream().mapToInt(each -> each[1]).toArray(),
                nodes.stream().mapToInt(each -> each[2]).toArray(),
                covers.stream().mapToDouble(each -> each).toArray(),
                values,
                (node, value) -> Float.isNaN(value) ? node % 2 == 0 : value < thresholds[node]);
    }

    private static int grow(Random random, int depth, double cover, List<int[]> nodes, List<Double> covers) {
        int own = nodes.size();
        int[] node = {-1, -1, random.nextInt(FEATURES)};
        nodes.add(node);
        covers.add(cover);
        if (depth > 0 && (own == 0 || random.nextInt(5) > 0)) {
            double share = random.nextDouble();
            node[0] = grow(random, depth - 1, cover * share, nodes, covers);
            node[1] = grow(random, depth - 1, cover * (1 - share), nodes, covers);
        }
        return own;
    }

    private static double shapley(TreeView tree, FeatureMatrix rows, int row, int feature) {
        double sum = 0;
        for (long known = 0; known < 1 << FEATURES; known++) {
            if ((known >> feature & 1) == 0) {
                double change = value(tree, rows, row, known | 1L << feature, 0) - value(tree, rows, row, known, 0);
                sum += change / (FEATURES * choose(FEATURES - 1, Long.bitCount(known)));
            }
        }
        return sum;
    }

    private static double choose(int from, int some) {
        double ways = 1;
        for (int i = 0; i < some; i++) {
            ways = ways * (from - i) / (i + 1);
        }
        return ways;
    }

    /** What a tree gives where only some features of a row are known. */
    private static double value(TreeView tree, FeatureMatrix rows, int row, long known, int node) {
        int left = tree.left()[node];
        if (left < 0) {
            return tree.values()[node];
        }
        int right = tree.right()[node];
        int feature = tree.features()[node];
        if ((known >> feature & 1) == 1) {
            boolean goesLeft = tree.split().goesLeft(node, rows.get(row, feature));
            return value(tree, rows, row, known, goesLeft ? left : right);
        }
        double share = tree.covers()[left] / tree.covers()[node];
        return share * value(tree, rows, row, known, left) + (1 - share) * value(tree, rows, row, known, right);
    }
}
