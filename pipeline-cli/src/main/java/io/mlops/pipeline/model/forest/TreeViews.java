package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Link;
import io.mlops.pipeline.model.explain.TreeShap;
import io.mlops.pipeline.model.explain.TreeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shows these trees to whoever explains trees of any library. */
final class TreeViews {
    private TreeViews() {}

    static TreeShap of(ForestHeader header, List<Tree> trees) {
        Link link =
                switch (header.task()) {
                    case BINARY -> Link.SHARE;
                    case MULTICLASS -> Link.SHARES;
                    case REGRESSION -> Link.IDENTITY;
                };
        List<TreeView> views = new ArrayList<>();
        for (Tree tree : trees) {
            double[] covers = covers(tree);
            int[] right = Arrays.stream(tree.left()).map(left -> left + 1).toArray();
            for (int k = 0; k < header.outputs(); k++) {
                views.add(new TreeView(
                        k,
                        tree.left(),
                        right,
                        tree.features(),
                        covers,
                        values(tree, k, header.outputs()),
                        (node, value) -> {
                            float ranked = Bins.ranked(value, header.ranks().get(tree.features()[node]));
                            return ranked <= tree.thresholds()[node] || Float.isNaN(ranked);
                        }));
            }
        }
        boolean value = header.task() == Task.REGRESSION;
        double[] start = new double[header.outputs()];
        Arrays.fill(start, value ? header.offset() : 0);
        return new TreeShap(views, link, start, (value ? header.scale() : 1) / trees.size());
    }

    private static double[] covers(Tree tree) {
        double[] covers = new double[tree.left().length];
        // Children come after their parent.
        for (int node = covers.length - 1; node >= 0; node--) {
            int left = tree.left()[node];
            covers[node] = left < 0 ? tree.weights()[~left] : covers[left] + covers[left + 1];
        }
        return covers;
    }

    private static double[] values(Tree tree, int output, int outputs) {
        return Arrays.stream(tree.left())
                .mapToDouble(left -> left < 0 ? tree.leaves()[~left * outputs + output] : 0)
                .toArray();
    }
}
