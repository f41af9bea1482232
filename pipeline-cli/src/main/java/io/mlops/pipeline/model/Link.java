package io.mlops.pipeline.model;

/** How a model's sums become its outputs: probabilities of classes, or a value. */
public enum Link {
    /** The sums are the outputs. */
    IDENTITY,
    /** One sum: the logarithm of the odds of the second of two classes. */
    LOGISTIC,
    /** One sum per class: the logarithm of its probability, up to a constant. */
    SOFTMAX,
    /** One sum per class: the logarithm of its odds against all others; the probabilities are made to sum to 1. */
    ONE_VS_REST,
    /** One sum: the probability of the second of two classes, where it lies between 0 and 1. */
    SHARE,
    /** One sum per class: its probability, where none is below 0; the probabilities are made to sum to 1. */
    SHARES;

    /** How many outputs a row has. */
    public int outputs(int sums) {
        return this == LOGISTIC || this == SHARE ? 2 : sums;
    }

    /** Writes the outputs of one row. */
    public void write(double[] sums, double[] outputs, int offset) {
        int count = outputs(sums.length);
        switch (this) {
            case IDENTITY -> System.arraycopy(sums, 0, outputs, offset, count);
            case LOGISTIC -> {
                outputs[offset + 1] = Calibration.sigmoid(sums[0]);
                outputs[offset] = 1 - outputs[offset + 1];
            }
            case SHARE -> {
                outputs[offset + 1] = Math.min(1, Math.max(0, sums[0]));
                outputs[offset] = 1 - outputs[offset + 1];
            }
            case SOFTMAX -> {
                double largest = Double.NEGATIVE_INFINITY;
                for (double sum : sums) {
                    largest = Math.max(largest, sum);
                }
                for (int k = 0; k < count; k++) {
                    outputs[offset + k] = Math.exp(sums[k] - largest);
                }
                normalise(outputs, offset, count);
            }
            case ONE_VS_REST -> {
                for (int k = 0; k < count; k++) {
                    outputs[offset + k] = Calibration.sigmoid(sums[k]);
                }
                normalise(outputs, offset, count);
            }
            case SHARES -> {
                for (int k = 0; k < count; k++) {
                    outputs[offset + k] = Math.max(0, sums[k]);
                }
                normalise(outputs, offset, count);
            }
        }
    }

    private static void normalise(double[] outputs, int offset, int count) {
        double total = 0;
        for (int k = offset; k < offset + count; k++) {
            total += outputs[k];
        }
        for (int k = offset; k < offset + count; k++) {
            outputs[k] = total > 0 ? outputs[k] / total : 1.0 / count;
        }
    }
}
