package io.mlops.pipeline.features.interaction;

/**
 * Two columns, and what is made of them.
 *
 * @param first of a group, the column of numbers
 * @param second of a group, the column of categories
 */
public record Pair(String first, String second, Kind kind) {
    /** What is made of two columns. */
    public enum Kind {
        /** Both categories together. */
        CROSS,
        DIFFERENCE,
        RATIO,
        PRODUCT,
        /** How far a number is from the mean of its category. */
        GROUP
    }
}
