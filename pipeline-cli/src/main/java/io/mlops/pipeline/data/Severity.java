package io.mlops.pipeline.data;

/** What follows from a violated rule. */
public enum Severity {
    /** The violation is reported. */
    WARN,
    /** The batch is rejected. */
    FAIL
}
