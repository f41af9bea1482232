package io.mlops.pipeline.data.typing;

import org.jspecify.annotations.Nullable;

/**
 * A row that cannot be used.
 *
 * @param row the number of the row, from 1 on, the header not counted
 * @param line the line of its file on which it started
 * @param column the column that is to blame, if one is
 * @param value what stood there
 */
public record Reject(
        long row, long line, Reason reason, @Nullable String column, String value) {
    /** Why a row cannot be used. */
    public enum Reason {
        /** It has more or fewer cells than the header. */
        RAGGED("the row has more or fewer cells than the header"),
        /** Its target is missing. */
        TARGET_MISSING("the target is missing"),
        /** Its target is not a number. */
        TARGET_NOT_A_NUMBER("the target is not a number"),
        /** Its target is not one of the labels. */
        TARGET_UNKNOWN("the target is not one of the labels");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason for people. */
        public String text() {
            return text;
        }
    }
}
