package io.mlops.pipeline.model;

import org.jspecify.annotations.Nullable;

/**
 * How outputs become an answer: probabilities a class, a number one with a band of errors around it.
 *
 * @param threshold the probability of the second of two classes from which on it is chosen; of more classes the most
 *     probable is chosen, whatever this is
 * @param band of a regression; null for classes, and where nothing was held out in training
 */
public record Decision(double threshold, @Nullable ErrorBand band) {
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
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (outputs[offset + k] > outputs[offset + best]) {
                best = k;
            }
        }
        return best;
    }
}
