package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import java.util.Arrays;

/** The way of a few rows through trees, side by side, so that the processor works on several at once. */
final class TreeWalk {
    /** How many rows go together. */
    static final int LANES = 16;

    private final FeatureMatrix features;
    private final int[] columns;
    private final int from;
    private final int lanes;

    /** By depth and row: 1 where all that the last feature decided so far sends the row this way, else 0. */
    private final double[][] known;

    /** By depth: the share of the training rows in place of that. */
    private final double[] shares;

    /** By depth, point and row: the product of the factors of the way. */
    private final double[][] products;

    /** By depth, point and row: one divided by the last feature's factor. */
    private final double[][] inverses;

    /** By depth, point and row: what the leaves below give together. */
    private final double[][] leaves;

    private final double[] integral = new double[LANES];

    /**
     * Room for a walk.
     *
     * @param columns the column of each feature
     * @param from the first row
     * @param lanes how many rows, at most {@link #LANES}
     * @param depth of the deepest tree
     * @param points the most that a tree needs
     */
    TreeWalk(FeatureMatrix features, int[] columns, int from, int lanes, int depth, int points) {
        this.features = features;
        this.columns = columns;
        this.from = from;
        this.lanes = lanes;
        known = new double[depth + 1][LANES];
        shares = new double[depth + 1];
        products = new double[depth + 1][points * LANES];
        inverses = new double[depth + 1][points * LANES];
        leaves = new double[depth + 1][points * LANES];
        Arrays.fill(products[0], 1);
    }

    /**
     * Adds what each column contributes to a tree.
     *
     * @param added by column and row
     */
    void add(PreparedTree tree, Quadrature quadrature, double[][] added) {
        visit(tree, quadrature, added, 0, 0);
    }

    private void visit(PreparedTree tree, Quadrature quadrature, double[][] added, int node, int depth) {
        if (tree.isLeaf(node)) {
            gather(tree.value(node), quadrature.size(), depth);
            return;
        }
        Arrays.fill(leaves[depth], 0, quadrature.size() * LANES, 0);
        int feature = tree.feature(node);
        int left = tree.left(node);
        int right = tree.right(node);
        int earlier = tree.earlier(left);
        double[] sent = known[depth + 1];
        double[] before = known[earlier];
        // Of a row that an earlier decision of this feature sent elsewhere, both ways are closed.
        for (int lane = 0; lane < lanes; lane++) {
            boolean open = earlier == 0 || before[lane] > 0;
            sent[lane] = open && tree.goesLeft(node, features.get(from + lane, feature)) ? 1 : 0;
        }
        follow(tree, quadrature, added, left, depth + 1, columns[feature]);
        for (int lane = 0; lane < lanes; lane++) {
            boolean open = earlier == 0 || before[lane] > 0;
            sent[lane] = open && !tree.goesLeft(node, features.get(from + lane, feature)) ? 1 : 0;
        }
        follow(tree, quadrature, added, right, depth + 1, columns[feature]);
    }

    private void follow(PreparedTree tree, Quadrature quadrature, double[][] added, int node, int depth, int column) {
        int earlier = tree.earlier(node);
        double share = tree.share(node);
        shares[depth] = share;
        descend(quadrature, depth, earlier, share);
        visit(tree, quadrature, added, node, depth);
        credit(quadrature, added[column], depth, depth, 1);
        if (earlier > 0) {
            // What these leaves gave was counted there with a factor that is another here.
            credit(quadrature, added[column], depth, earlier, -1);
        }
        double[] below = leaves[depth];
        double[] above = leaves[depth - 1];
        for (int i = 0; i < quadrature.size() * LANES; i++) {
            above[i] += below[i];
        }
    }

    private void descend(Quadrature quadrature, int depth, int earlier, double share) {
        double[] above = products[depth - 1];
        double[] here = products[depth];
        double[] inverse = inverses[depth];
        double[] sent = known[depth];
        for (int point = 0; point < quadrature.size(); point++) {
            double chance = quadrature.point(point);
            double unknown = share * (1 - chance);
            int at = point * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                double factor = unknown + chance * sent[lane];
                inverse[at + lane] = 1 / factor;
                here[at + lane] = above[at + lane] * factor;
            }
        }
        if (earlier > 0) {
            double[] replaced = inverses[earlier];
            for (int i = 0; i < quadrature.size() * LANES; i++) {
                here[i] *= replaced[i];
            }
        }
    }

    private void gather(double value, int points, int depth) {
        double[] product = products[depth];
        double[] leaf = leaves[depth];
        for (int i = 0; i < points * LANES; i++) {
            leaf[i] = value * product[i];
        }
    }

    /** Adds or takes away what the leaves below one depth owe to the feature decided at another. */
    private void credit(Quadrature quadrature, double[] added, int depth, int decided, int sign) {
        double[] leaf = leaves[depth];
        double[] inverse = inverses[decided];
        double[] sent = known[decided];
        double share = shares[decided];
        Arrays.fill(integral, 0);
        for (int point = 0; point < quadrature.size(); point++) {
            double weight = sign * quadrature.weight(point);
            int at = point * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                integral[lane] += weight * leaf[at + lane] * inverse[at + lane];
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            added[lane] += integral[lane] * (sent[lane] - share);
        }
    }
}
