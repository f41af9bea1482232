package io.mlops.pipeline.features;

/**
 * One column of a {@link FeatureMatrix}.
 *
 * @param name unique, for people: {@code purpose=car}
 * @param source the column of the table it was made from
 * @param levels how many categories its codes 0, 1, … stand for; 0 for a number
 * @param indicator whether it is 1 or 0 for "the source has this category"; the indicators of one source form a group, of
 *     which at most one is 1
 */
public record Feature(String name, String source, int levels, boolean indicator) {
    public Feature {
        if (levels < 0 || (levels > 0 && indicator)) {
            throw new IllegalArgumentException("feature '" + name + "' is both a code and an indicator");
        }
    }

    /** A feature that is no indicator. */
    public Feature(String name, String source, int levels) {
        this(name, source, levels, false);
    }

    /** Whether its values are codes of categories, without an order. */
    public boolean isCategorical() {
        return levels > 0;
    }
}
