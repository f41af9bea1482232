package io.mlops.pipeline.model.space;

/** Numbers between two bounds as places between 0 and 1. */
final class Scale {
    private Scale() {}

    static void check(String name, double low, double high, boolean log) {
        if (!(low <= high)) {
            throw new IllegalArgumentException(name + ": low " + low + " is above high " + high);
        }
        if (log && low <= 0) {
            throw new IllegalArgumentException(name + ": low " + low + " has no logarithm; it must be above 0");
        }
    }

    static double at(double low, double high, boolean log, double place) {
        return log ? Math.exp(Math.log(low) + place * (Math.log(high) - Math.log(low))) : low + place * (high - low);
    }

    static double place(double low, double high, boolean log, double value) {
        double from = log ? Math.log(low) : low;
        double to = log ? Math.log(high) : high;
        // A number that has no logarithm, such as a penalty of 0, is below all that have one.
        double at = log ? Math.log(Math.max(value, Double.MIN_NORMAL)) : value;
        return to > from ? (at - from) / (to - from) : 0.5;
    }
}
