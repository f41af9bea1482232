package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.model.Link;
import io.mlops.pipeline.model.explain.TreeShap;
import io.mlops.pipeline.model.explain.TreeView;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Shows LightGBM's trees to whoever explains trees of any library: the leaves stand behind the nodes. */
final class TreeViews {
    private TreeViews() {}

    static TreeShap of(LightgbmModel model) {
        Link link =
                switch (model.outputs().task()) {
                    case BINARY -> Link.LOGISTIC;
                    case MULTICLASS -> Link.SOFTMAX;
                    case REGRESSION -> Link.IDENTITY;
                };
        double[] start = new double[model.sums()];
        Arrays.fill(start, link == Link.IDENTITY ? model.outputs().offset() : 0);
        List<TreeView> trees = IntStream.range(0, model.trees().size())
                .mapToObj(i -> view(model.trees().get(i), i % model.sums()))
                .toList();
        return new TreeShap(
                trees, link, start, link == Link.IDENTITY ? model.outputs().scale() : 1);
    }

    private static TreeView view(Tree tree, int sum) {
        int nodes = tree.left().length;
        int all = nodes + tree.leaves().length;
        double[] values = new double[all];
        System.arraycopy(tree.leaves(), 0, values, nodes, tree.leaves().length);
        return new TreeView(
                sum,
                children(tree.left(), all),
                children(tree.right(), all),
                Arrays.copyOf(tree.features(), all),
                tree.counts(),
                values,
                tree::goesLeft);
    }

    private static int[] children(int[] given, int all) {
        int[] children = new int[all];
        Arrays.fill(children, -1);
        for (int node = 0; node < given.length; node++) {
            children[node] = given[node] < 0 ? given.length + ~given[node] : given[node];
        }
        return children;
    }
}
