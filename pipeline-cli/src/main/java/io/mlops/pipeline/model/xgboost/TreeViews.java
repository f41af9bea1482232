package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.model.Link;
import io.mlops.pipeline.model.explain.TreeShap;
import io.mlops.pipeline.model.explain.TreeView;
import java.util.BitSet;
import java.util.List;

/** Shows XGBoost's trees to whoever explains trees of any library. */
final class TreeViews {
    private TreeViews() {}

    static TreeShap of(SavedTrees saved, Outputs outputs) {
        Link link =
                switch (outputs.kind()) {
                    case POSITIVE -> Link.LOGISTIC;
                    case POSITIVE_SHARE -> Link.SHARE;
                    case CLASSES -> Link.SOFTMAX;
                    case SHARES -> Link.SHARES;
                    case VALUE -> Link.IDENTITY;
                };
        boolean margins = link == Link.LOGISTIC || link == Link.SOFTMAX;
        double[] start = new double[outputs.kind() == Outputs.Kind.POSITIVE ? 1 : saved.offsets().length];
        for (int k = 0; k < start.length; k++) {
            start[k] = saved.scale() * saved.start() + (margins ? 0 : saved.offsets()[k]);
        }
        List<TreeView> trees = saved.trees().stream().map(TreeViews::view).toList();
        return new TreeShap(trees, link, start, saved.scale());
    }

    private static TreeView view(SavedTrees.Tree tree) {
        double[] values = new double[tree.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tree.values()[i];
        }
        return new TreeView(tree.sum(), tree.left(), tree.right(), tree.features(), tree.covers(), values, split(tree));
    }

    private static TreeView.Split split(SavedTrees.Tree tree) {
        BitSet[] categories = new BitSet[tree.left().length];
        tree.categories().forEach((node, codes) -> {
            categories[node] = new BitSet();
            for (int code : codes) {
                categories[node].set(code);
            }
        });
        float[] thresholds = tree.values();
        boolean[] missingLeft = tree.missingLeft();
        return (node, value) -> {
            if (Float.isNaN(value)) {
                return missingLeft[node];
            }
            BitSet right = categories[node];
            return right == null ? value < thresholds[node] : value < 0 || !right.get((int) value);
        };
    }
}
