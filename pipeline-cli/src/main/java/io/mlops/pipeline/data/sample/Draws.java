package io.mlops.pipeline.data.sample;

/**
 * Random draws that are the same on every machine and Java version: SplitMix64 (Steele, Lea and Flood, 2014), and
 * arithmetic without a library function whose last digit may differ.
 */
public final class Draws {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;
    // Eight 16-bit uniforms: mean 8 * 65535 / 2, variance 8 * (65536^2 - 1) / 12.
    private static final double NORMAL_MEAN = 262140;
    private static final double NORMAL_DEVIATION = 53509.92;

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** The draws of one part of a table; different parts give unrelated draws. */
    public static Draws of(long seed, long part) {
        return new Draws(mix(mix(seed) + GAMMA * (part + 1)));
    }

    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** A number in [0, 1). */
    public double uniform() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** A number that is close to normal with mean 0 and deviation 1, and never beyond 5. */
    public double normal() {
        return (quarters(nextLong()) + quarters(nextLong()) - NORMAL_MEAN) / NORMAL_DEVIATION;
    }

    /** Whether an event of this probability happens. */
    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** An integer in [0, bound). */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** A position in a list of cumulative probabilities that ends at 1. */
    public int pick(double... cumulative) {
        double u = uniform();
        int index = 0;
        while (index < cumulative.length - 1 && u >= cumulative[index]) {
            index++;
        }
        return index;
    }

    private static long quarters(long bits) {
        return (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
