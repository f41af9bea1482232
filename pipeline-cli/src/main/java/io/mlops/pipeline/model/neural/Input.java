package io.mlops.pipeline.model.neural;

/**
 * How one feature enters the network.
 *
 * @param kind what becomes of it
 * @param levels how many categories it has; 0 for a number
 */
record Input(Kind kind, int levels) {
    /** What becomes of a feature. */
    enum Kind {
        /** A number as it is, but for outliers. */
        NUMBER,
        /** A number, and learned waves of it. */
        PERIODIC,
        /** One input for each category; a single one, of ±1, where there are two. */
        ONE_HOT,
        /** Learned coordinates for each category, and for none of them. */
        EMBEDDING
    }

    private static final double BEND = 3;

    /** Beyond, a number is as good as infinite. */
    private static final double FAR = 1e8;

    /** How many inputs of the first layer it becomes. */
    int width(int embedding) {
        return switch (kind) {
            case NUMBER -> 1;
            case PERIODIC -> 1 + Periodic.SUMS;
            case ONE_HOT -> levels == 2 ? 1 : levels;
            case EMBEDDING -> embedding;
        };
    }

    /** Keeps outliers within ±3, smoothly; a missing number is 0. */
    static double bend(double number) {
        if (Double.isNaN(number)) {
            return 0;
        }
        double bounded = Math.max(-FAR, Math.min(FAR, number));
        return bounded / Math.sqrt(1 + bounded * bounded / (BEND * BEND));
    }

    /** The place of a category, the last one for none of them. */
    int code(float value) {
        return value >= 0 && value < levels ? (int) value : levels;
    }
}
