package io.mlops.pipeline.data;

/** How the cells of a column are read, and which Tablesaw column holds them once they are clean. */
public enum ColumnType {
    /** Real numbers: {@code DoubleColumn}, NaN where missing. */
    NUMBER,
    /** Whole numbers: {@code DoubleColumn}, NaN where missing. */
    INTEGER,
    /** Two opposite words or 0/1: {@code DoubleColumn} of 0 and 1, NaN where missing. */
    BOOLEAN,
    /** A limited set of words: {@code StringColumn}, the empty text where missing. */
    CATEGORY,
    /** Dates, or dates with a time: {@code DateTimeColumn}. */
    DATETIME,
    /** Free text: {@code StringColumn}, the empty text where missing. */
    TEXT,
    /** Names a row and says nothing about it: {@code StringColumn}. */
    IDENTIFIER;

    public boolean isNumeric() {
        return this == NUMBER || this == INTEGER || this == BOOLEAN;
    }
}
