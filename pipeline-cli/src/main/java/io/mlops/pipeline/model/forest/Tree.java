package io.mlops.pipeline.model.forest;

/**
 * One tree by its nodes. A row goes left where its value is missing or at most the threshold; only where it is missing, if
 * the threshold is none.
 *
 * @param left the left child of each node, after which comes the right one; of a leaf {@code ~leaf}
 * @param leaves what each leaf gives, some numbers each
 * @param weights the weight of the training rows of each leaf
 */
public record Tree(int[] features, float[] thresholds, int[] left, float[] leaves, float[] weights) {
    /** Adds what the row at a place gets. */
    void add(float[] rows, int at, double[] sums, int from, int outputs) {
        int node = 0;
        while (left[node] >= 0) {
            float value = rows[at + features[node]];
            node = left[node] + (value <= thresholds[node] || Float.isNaN(value) ? 0 : 1);
        }
        int leaf = ~left[node] * outputs;
        for (int k = 0; k < outputs; k++) {
            sums[from + k] += leaves[leaf + k];
        }
    }
}
