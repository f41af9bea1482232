package io.mlops.pipeline.data;

/** What a column is used for. */
public enum Role {
    /** The model may learn from it. */
    FEATURE,
    /** What is to be predicted. */
    TARGET,
    /** Copied to the predictions, never learned from. */
    ID,
    /** Orders the rows; also a feature unless it is ignored. */
    TIME,
    /** Rows of one group never stand on both sides of a split; not a feature. */
    GROUP,
    /** Read by nothing. */
    IGNORE
}
