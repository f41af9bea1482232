package io.mlops.pipeline.model;

import org.jspecify.annotations.Nullable;

/**
 * How probabilities become a class; means nothing for a regression.
 *
 * @param threshold the probability of the second of two classes from which on it is chosen
 * @param costs what wrong decisions cost: of three and more classes the one that is expected to cost the least is chosen;
 *     null where nobody named any, then it is the most probable one
 */
public record Decision(double threshold, @Nullable Costs costs) {
    /** A threshold alone. */
    public Decision(double threshold) {
        this(threshold, null);
    }

    /** The more probable class. */
    public static Decision defaults() {
        return new Decision(0.5);
    }

    /** The index of the class chosen for the row whose outputs begin at an offset. */
    public int decide(double[] outputs, int offset, int classes) {
        if (classes == 2) {
            return outputs[offset + 1] >= threshold ? 1 : 0;
        }
        if (costs != null) {
            return costs.cheapest(outputs, offset);
        }
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (outputs[offset + k] > outputs[offset + best]) {
                best = k;
            }
        }
        return best;
    }
}
