package io.mlops.pipeline.automl;

/** Whether a candidate can still help an ensemble, by what it gave the rows that one fold held out. */
final class Race {
    /** The shares in the ensemble that are tried. */
    private static final double[] SHARES = {0.1, 0.25, 0.5, 1};

    /** By how much, of itself, the loss must fall: less is chance. */
    private static final double LEAST_GAIN = 5e-4;

    private final SelectionLoss loss;

    /**
     * Makes one.
     *
     * @param loss on the rows of that fold
     */
    Race(SelectionLoss loss) {
        this.loss = loss;
    }

    /** Whether the ensemble's loss falls where the candidate takes some share in it. */
    boolean isWorthwhile(double[] ensemble, double[] candidate) {
        double without = loss.applyAsDouble(ensemble);
        if (!Double.isFinite(without)) {
            // These rows have one class only, and tell nothing.
            return true;
        }
        for (double share : SHARES) {
            double[] mixed = new double[ensemble.length];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = (1 - share) * ensemble[i] + share * candidate[i];
            }
            if (without - loss.applyAsDouble(mixed) > LEAST_GAIN * Math.abs(without)) {
                return true;
            }
        }
        return false;
    }
}
