package io.mlops.pipeline.tuning;

import java.util.Collection;

/**
 * Successive halving without brackets (Li et al. 2020): after each step a trial goes on where it is among the best of all
 * that came as far; all do until there are enough to tell.
 *
 * @param share one in how many goes on; 1 for all
 */
public record Halving(int share) {
    /** Akiba et al. (2019). */
    public static final Halving USUAL = new Halving(4);

    public static final Halving NONE = new Halving(1);

    /**
     * Whether a trial goes on.
     *
     * @param loss what it gave
     * @param others what others gave at the same step
     */
    boolean goesOn(double loss, Collection<Double> others) {
        int all = others.size() + 1;
        long better = others.stream().filter(other -> other < loss).count();
        return all < share || better < all / share;
    }
}
