package io.mlops.pipeline.model.neural;

/** Random bits (xorshift, Marsaglia 2003), for dropout. */
final class Bits {
    private static final int CHUNK = 16;

    private long state;

    Bits(long seed) {
        // Never 0, which stays 0.
        state = (seed ^ 0x9E3779B97F4A7C15L) | 1L << 62;
    }

    /** Sets each of n elements to 0 with this probability, else to what makes up for it. */
    void mask(float[] mask, double dropped, int n) {
        int bound = (int) (dropped * (1 << CHUNK));
        float kept = (float) (1 / (1 - dropped));
        for (int j = 0; j < n; j += 4) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            long bits = state;
            for (int k = j; k < Math.min(n, j + 4); k++) {
                mask[k] = (bits & 0xFFFF) < bound ? 0 : kept;
                bits >>>= CHUNK;
            }
        }
    }
}
