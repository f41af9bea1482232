package io.mlops.pipeline.features;

/** How a family of learners wants its columns. */
public enum View {
    /** Missing values stay missing, categories are codes: for trees. */
    TREE,
    /** Imputed, scaled, one-hot: for linear models, support vector machines and neighbours. */
    LINEAR,
    /** Imputed, robustly scaled, categories are codes: for neural networks. */
    NEURAL
}
