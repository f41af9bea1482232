package io.mlops.pipeline.model.explain;

/**
 * A tree with what does not depend on a row.
 *
 * @param earlier for each node the depth at which the way to it was last decided by the same feature; 0 where it was not
 * @param shares for each node the share of the training rows that follow its way where only this feature decides
 * @param mean what the tree adds to the mean training row
 * @param depth of the deepest leaf
 * @param decisions how many different features decide the way to a leaf, at most
 */
record PreparedTree(TreeView tree, int[] earlier, double[] shares, double mean, int depth, int decisions) {
    /** Keeps a factor from being 0, which nothing can be divided by. */
    private static final double SMALLEST_SHARE = 1e-100;

    static PreparedTree of(TreeView tree) {
        return new Walk(tree).prepare();
    }

    /** How many points integrate its polynomials exactly. */
    int points() {
        return Math.max(1, (decisions + 1) / 2);
    }

    boolean isLeaf(int node) {
        return tree.left()[node] < 0;
    }

    int left(int node) {
        return tree.left()[node];
    }

    int right(int node) {
        return tree.right()[node];
    }

    int feature(int node) {
        return tree.features()[node];
    }

    double value(int node) {
        return tree.values()[node];
    }

    boolean goesLeft(int node, float value) {
        return tree.split().goesLeft(node, value);
    }

    int earlier(int node) {
        return earlier[node];
    }

    double share(int node) {
        return shares[node];
    }

    private static final class Walk {
        private final TreeView tree;
        private final int[] earlier;
        private final double[] shares;
        /** The node at each depth of the current way. */
        private final int[] way;

        private double mean;
        private int depth;
        private int decisions;

        Walk(TreeView tree) {
            this.tree = tree;
            int nodes = tree.left().length;
            earlier = new int[nodes];
            shares = new double[nodes];
            way = new int[nodes + 1];
        }

        PreparedTree prepare() {
            visit(0, 0, 0, 1);
            return new PreparedTree(tree, earlier, shares, mean, depth, decisions);
        }

        private void visit(int node, int at, int different, double reached) {
            way[at] = node;
            depth = Math.max(depth, at);
            decisions = Math.max(decisions, different);
            if (tree.left()[node] < 0) {
                mean += reached * tree.values()[node];
                return;
            }
            int last = lastDecidedBy(tree.features()[node], at);
            for (int child : new int[] {tree.left()[node], tree.right()[node]}) {
                double cover = tree.covers()[node];
                double share = cover > 0 ? tree.covers()[child] / cover : 0.5;
                earlier[child] = last;
                shares[child] = Math.max(SMALLEST_SHARE, share * (last > 0 ? shares[way[last]] : 1));
                visit(child, at + 1, different + (last > 0 ? 0 : 1), reached * share);
            }
        }

        private int lastDecidedBy(int feature, int at) {
            for (int each = at; each > 0; each--) {
                if (tree.features()[way[each - 1]] == feature) {
                    return each;
                }
            }
            return 0;
        }
    }
}
