package io.mlops.pipeline.data.inference;

import org.jspecify.annotations.Nullable;

/**
 * Something about the table that a person should know.
 *
 * @param column the column it is about; null where it is about the table
 * @param what what was found, as one sentence
 * @param evidence the numbers behind it
 * @param action what was done about it, or what can be done
 */
public record Finding(Level level, @Nullable String column, String what, String evidence, String action) {
    /** How much it matters. */
    public enum Level {
        /** Good to know. */
        NOTE,
        /** Something was decided that a person may want otherwise. */
        DECIDED,
        /** The data cannot tell: a person should answer. */
        QUESTION,
        /** Something that can spoil the model. */
        WARNING
    }

    static Finding note(@Nullable String column, String what, String evidence, String action) {
        return new Finding(Level.NOTE, column, what, evidence, action);
    }

    static Finding decided(@Nullable String column, String what, String evidence, String action) {
        return new Finding(Level.DECIDED, column, what, evidence, action);
    }

    static Finding question(@Nullable String column, String what, String evidence, String action) {
        return new Finding(Level.QUESTION, column, what, evidence, action);
    }

    static Finding warning(@Nullable String column, String what, String evidence, String action) {
        return new Finding(Level.WARNING, column, what, evidence, action);
    }
}
