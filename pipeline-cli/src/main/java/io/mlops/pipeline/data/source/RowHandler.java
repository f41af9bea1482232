package io.mlops.pipeline.data.source;

/** Receives the cells of a source as they are written there, row by row, on one thread. */
public interface RowHandler {
    /**
     * One cell.
     *
     * @param column the position of the cell in its row, from 0 on; may exceed the header where a row is too long
     * @param buffer holds the text; valid only during the call
     * @param quoted whether the cell stood in quotes: a quoted empty cell is still empty
     */
    void cell(int column, char[] buffer, int offset, int length, boolean quoted);

    /**
     * The end of a row.
     *
     * @param row the row's number, from 1 on, the header not counted, going on from file to file
     * @param line the line in its file on which the row started, from 1 on
     * @param cells how many cells it had
     */
    void endRow(long row, long line, int cells);
}
