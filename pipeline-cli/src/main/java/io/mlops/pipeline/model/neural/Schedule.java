package io.mlops.pipeline.model.neural;

/** How much of a hyperparameter acts at a share t of the training. */
final class Schedule {
    private static final int CYCLES = 4;

    private Schedule() {}

    /** Four waves, each twice as long as the one before. */
    static double waves(double t) {
        double turns = StrictMath.log(1 + ((1 << CYCLES) - 1) * t) / StrictMath.log(2);
        return 0.5 * (1 - StrictMath.cos(2 * Math.PI * turns));
    }

    /** All of it for the first half, then less and less. */
    static double ending(double t) {
        return t < 0.5 ? 1 : 0.5 * (1 + StrictMath.cos(Math.PI * (2 * t - 1)));
    }
}
