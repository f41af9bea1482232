package io.mlops.pipeline.evaluation.validation;

/** Well-mixed 64-bit numbers from a seed and a number (the finalizer of SplitMix64, Steele et al. 2014). */
final class Hashes {
    private Hashes() {}

    static long mix(long seed, long number) {
        long z = (seed * 0x9E3779B97F4A7C15L) ^ (number + 0xD1B54A32D192ED03L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
