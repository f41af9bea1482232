package io.mlops.pipeline.data.inference;

/**
 * A cell as 64 bits: a number is its own bits, a missing cell is NaN, and a text is the hash of its characters within the
 * bits of the other NaNs. Equal cells have equal keys, and whatever is no number reads as NaN.
 */
final class Keys {
    static final long MISSING = Double.doubleToLongBits(Double.NaN);

    private static final long TEXT = 0xFFF8_0000_0000_0000L;
    private static final long HASH = 0x0007_FFFF_FFFF_FFFFL;

    private Keys() {}

    static long number(double value) {
        return Double.doubleToLongBits(value);
    }

    static double number(long key) {
        return Double.longBitsToDouble(key);
    }

    static boolean isNumber(long key) {
        return !Double.isNaN(number(key));
    }

    static long text(char[] buffer, int offset, int length) {
        long hash = length;
        for (int position = offset; position < offset + length; position++) {
            hash = (hash ^ buffer[position]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return TEXT | (mix(hash) & HASH);
    }

    /** Spreads the bits of a key (the finaliser of MurmurHash3). */
    static long mix(long key) {
        long mixed = (key ^ (key >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
