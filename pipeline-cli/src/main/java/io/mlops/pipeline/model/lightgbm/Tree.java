package io.mlops.pipeline.model.lightgbm;

import org.jspecify.annotations.Nullable;

/**
 * One tree, by its nodes 0, 1, …, each before its children; a child below 0 is the leaf {@code ~child}.
 *
 * <p>A row goes left where its value is at most the threshold. LightGBM keeps thresholds in double precision; for values of
 * single precision the next smaller float divides them alike.
 *
 * @param missingLeft whether a missing value goes left
 * @param categories the codes that go left, as bits, 32 in each number; null of a node that has a threshold
 * @param gains how much each split improved the loss
 * @param leaves what each leaf adds
 */
public record Tree(
        int[] features,
        float[] thresholds,
        boolean[] missingLeft,
        int[] @Nullable [] categories,
        int[] left,
        int[] right,
        double[] gains,
        double[] leaves) {

    /** What it adds for the row that begins at a place. */
    double value(float[] rows, int at) {
        int node = left.length == 0 ? -1 : 0;
        while (node >= 0) {
            node = goesLeft(node, rows[at + features[node]]) ? left[node] : right[node];
        }
        return leaves[~node];
    }

    private boolean goesLeft(int node, float value) {
        if (Float.isNaN(value)) {
            return missingLeft[node];
        }
        int[] codes = categories[node];
        return codes == null ? value <= thresholds[node] : holds(codes, (int) value);
    }

    /** Whether a code is among bits. */
    public static boolean holds(int[] bits, int code) {
        return code >= 0 && code < 32 * bits.length && (bits[code >> 5] >> (code & 31) & 1) == 1;
    }
}
