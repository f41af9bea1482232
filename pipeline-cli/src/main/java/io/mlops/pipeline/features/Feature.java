package io.mlops.pipeline.features;

/**
 * One column of a {@link FeatureMatrix}.
 *
 * @param name unique, for people: {@code purpose=car}
 * @param source the column of the table it was made from
 * @param levels how many categories its codes 0, 1, … stand for; 0 for a number
 */
public record Feature(String name, String source, int levels) {
    public boolean isCategorical() {
        return levels > 0;
    }
}
