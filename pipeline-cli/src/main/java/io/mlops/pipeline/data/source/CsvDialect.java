package io.mlops.pipeline.data.source;

/**
 * How a text table is written.
 *
 * @param delimiter what stands between two cells
 * @param blanksBeforeQuotes whether quotes may stand behind blanks: {@code 1, "a"}
 * @param header whether the first line names the columns
 */
record CsvDialect(char delimiter, boolean blanksBeforeQuotes, boolean header) {}
