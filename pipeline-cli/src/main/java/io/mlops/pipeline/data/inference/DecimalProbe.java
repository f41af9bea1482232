package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.source.RowHandler;
import io.mlops.pipeline.data.source.Source;

/** Tells from the first rows whether numbers are written with a decimal comma. */
final class DecimalProbe implements RowHandler {
    private static final int ROWS = 2000;

    private final long[] points;
    private final long[] commas;
    private final long[] cells;

    private DecimalProbe(int columns) {
        points = new long[columns];
        commas = new long[columns];
        cells = new long[columns];
    }

    /** The decimal mark that more columns of numbers are written with; the point where nothing tells. */
    static char of(Source source) {
        DecimalProbe probe = new DecimalProbe(source.columns().size());
        try {
            source.read(probe);
        } catch (Enough enough) {
            // The rows seen tell.
        }
        int point = 0;
        int comma = 0;
        for (int column = 0; column < probe.cells.length; column++) {
            // Only what one reading accepts and the other does not tells them apart.
            point += probe.points[column] * 10 > probe.cells[column] * 8 && probe.commas[column] < probe.points[column]
                    ? 1
                    : 0;
            comma += probe.commas[column] * 10 > probe.cells[column] * 8 && probe.points[column] < probe.commas[column]
                    ? 1
                    : 0;
        }
        return comma > point ? ',' : '.';
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column >= cells.length) {
            return;
        }
        int start = Cells.trimStart(buffer, offset, offset + length);
        int end = Cells.trimEnd(buffer, start, offset + length);
        if (end > start) {
            cells[column]++;
            points[column] += Double.isNaN(Cells.parseNumber(buffer, start, end - start, '.')) ? 0 : 1;
            commas[column] += Double.isNaN(Cells.parseNumber(buffer, start, end - start, ',')) ? 0 : 1;
        }
    }

    @Override
    public void endRow(long row, long line, int count) {
        if (row >= ROWS) {
            throw new Enough();
        }
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }
}
