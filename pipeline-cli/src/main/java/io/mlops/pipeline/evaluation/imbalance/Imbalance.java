package io.mlops.pipeline.evaluation.imbalance;

/** What is done about rare classes. */
public enum Imbalance {
    /** Nothing; the decision threshold alone answers them. */
    NONE,
    /** Rows of rare classes weigh more, so that all classes weigh the same. */
    CLASS_WEIGHTS,
    /** Rows of rare classes are made up between real neighbours (Chawla et al. 2002; SMOTE-NC where there are categories). */
    SMOTE,
    /** As SMOTE, but only around real rows that have many neighbours of other classes (Han et al. 2005, first variant). */
    BORDERLINE_SMOTE
}
