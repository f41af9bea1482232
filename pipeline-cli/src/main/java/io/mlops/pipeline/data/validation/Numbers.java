package io.mlops.pipeline.data.validation;

/** Numbers as people write them. */
final class Numbers {
    private Numbers() {}

    /** A number in full precision, a whole one without a fraction. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
