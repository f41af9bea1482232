package io.mlops.pipeline.model.explain;

/**
 * One tree of any library.
 *
 * @param sum which of the model's sums it adds to
 * @param left the left child of each node, below 0 of a leaf; node 0 is the root
 * @param right the right child of each node
 * @param features the feature that a node asks for
 * @param covers how much each node weighed in training
 * @param values what a leaf adds
 * @param split where a row goes
 */
public record TreeView(
        int sum, int[] left, int[] right, int[] features, double[] covers, double[] values, Split split) {
    /** The decisions of a tree. */
    public interface Split {
        /** Whether a row with this value, which may be missing, goes left at a node. */
        boolean goesLeft(int node, float value);
    }
}
