package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exact Shapley values of a sum of trees, where features that are not known are averaged over the training rows that came
 * the same way (Lundberg et al. 2018 and 2020, "path-dependent").
 *
 * <p>A leaf is reached with a product of one factor per feature of its way: 1 or 0 where the feature is known, the share
 * of the training rows where it is not. A Shapley value is then an integral over the chance that the others are known
 * (Owen 1972), of a polynomial, which a few points give exactly. As in Linear TreeShap (Yu et al. 2022) the products are
 * carried down the tree and the leaves' values up: a tree costs nodes × points a row, the points being half its depth.
 */
public final class TreeShap {
    private final List<List<PreparedTree>> treesBySum;
    private final Link link;
    private final double[] base;
    private final double scale;
    private final Quadrature[] quadratures;
    private final int depth;

    /**
     * Prepares trees.
     *
     * @param start what each sum starts from
     * @param scale what the trees' values are multiplied with
     */
    public TreeShap(List<TreeView> trees, Link link, double[] start, double scale) {
        this.link = link;
        this.scale = scale;
        base = start.clone();
        treesBySum = new ArrayList<>();
        for (int sum = 0; sum < start.length; sum++) {
            treesBySum.add(new ArrayList<>());
        }
        int deepest = 0;
        int points = 1;
        for (TreeView tree : trees) {
            PreparedTree prepared = PreparedTree.of(tree);
            treesBySum.get(tree.sum()).add(prepared);
            base[tree.sum()] += scale * prepared.mean();
            deepest = Math.max(deepest, prepared.depth());
            points = Math.max(points, prepared.points());
        }
        depth = deepest;
        quadratures = IntStream.rangeClosed(0, points).mapToObj(Quadrature::of).toArray(Quadrature[]::new);
    }

    /** What each column adds to each sum of each row. */
    public Contributions contributions(FeatureMatrix features) {
        Contributions result = Contributions.none(features, link, base);
        int[] columns = Contributions.columnOfFeature(features);
        IntStream.range(0, (features.rows() + TreeWalk.LANES - 1) / TreeWalk.LANES)
                .parallel()
                .forEach(block -> explain(features, columns, block * TreeWalk.LANES, result));
        return result;
    }

    private void explain(FeatureMatrix features, int[] columns, int from, Contributions result) {
        int width = result.columns().size();
        int lanes = Math.min(TreeWalk.LANES, features.rows() - from);
        double[][] added = new double[width][TreeWalk.LANES];
        TreeWalk walk = new TreeWalk(features, columns, from, lanes, depth, quadratures.length - 1);
        for (int sum = 0; sum < base.length; sum++) {
            for (double[] each : added) {
                Arrays.fill(each, 0);
            }
            for (PreparedTree tree : treesBySum.get(sum)) {
                walk.add(tree, quadratures[tree.points()], added);
            }
            for (int lane = 0; lane < lanes; lane++) {
                for (int column = 0; column < width; column++) {
                    result.values()[((from + lane) * width + column) * base.length + sum] = scale * added[column][lane];
                }
            }
        }
    }
}
