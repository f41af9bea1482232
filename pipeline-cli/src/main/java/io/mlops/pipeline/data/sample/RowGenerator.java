package io.mlops.pipeline.data.sample;

/** A made-up table: its header, and each row as a function of its number and of random draws. */
public interface RowGenerator {
    /** The header line, without the line end. */
    String header();

    /** Appends one row, without the line end. Called from several threads, each with its own draws and buffer. */
    void row(long number, Draws draws, CsvBuffer out);
}
