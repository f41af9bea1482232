package io.mlops.pipeline.model;

/**
 * How probabilities become a class.
 *
 * @param threshold the probability of the second of two classes from which on it is chosen; of more classes the most
 *     probable is chosen, whatever this is
 */
public record Decision(double threshold) {
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
