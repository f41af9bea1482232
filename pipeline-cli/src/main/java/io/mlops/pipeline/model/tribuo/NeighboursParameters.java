package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of nearest neighbours. */
public record NeighboursParameters(
        @Setting(value = "How many neighbours decide.", min = 1, max = 1000)
        int neighbours,

        @Setting("Whether every neighbour counts alike, or by the inverse of its distance.")
        Weighting weighting,

        @Setting(
                value = "Draws the outputs towards the base rate, as if this many neighbours had it.",
                min = 0,
                max = 1000)
        double smoothing) {

    /** How much a neighbour counts. */
    public enum Weighting {
        UNIFORM,
        DISTANCE
    }

    /** Enough neighbours for a probability, one of them for the base rate, so that none is ever 0. */
    public static NeighboursParameters defaults() {
        return new NeighboursParameters(15, Weighting.DISTANCE, 1);
    }
}
