package io.mlops.pipeline.benchmark;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.source.RowHandler;
import io.mlops.pipeline.data.source.Sources;
import java.util.Arrays;

/** Parses a benchmark table into numbers and category codes, and does nothing else. */
final class TableParser implements RowHandler {
    private float[] values = new float[1 << 20];
    private float[] labels = new float[1 << 16];
    private int rows;

    private TableParser() {}

    static TableParser parse(String file) {
        TableParser parser = new TableParser();
        Sources.open(file, FormatSettings.defaults()).read(parser);
        return parser;
    }

    /** Parses a file and prints how many rows it had. */
    public static void main(String[] args) {
        System.out.println(parse(args[0]).rows);
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column == BenchmarkTable.COLUMNS) {
            labels[rows] = buffer[offset] == 'y' ? 1 : 0;
        } else {
            values[rows * BenchmarkTable.COLUMNS + column] = length == 0
                    ? Float.NaN
                    : column < BenchmarkTable.NUMBERS
                            ? (float) JavaDoubleParser.parseDouble(buffer, offset, length)
                            : code(buffer, offset, length);
        }
    }

    @Override
    public void endRow(long row, long line, int cells) {
        rows++;
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, rows * 2);
        }
        if ((rows + 1) * BenchmarkTable.COLUMNS > values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
    }

    int rows() {
        return rows;
    }

    /** The values of the first rows, row by row. */
    float[] values(int count) {
        return Arrays.copyOf(values, count * BenchmarkTable.COLUMNS);
    }

    float[] labels(int count) {
        return Arrays.copyOf(labels, count);
    }

    /** The levels of all columns are written "level a0", so the last two characters tell them. */
    private static float code(char[] buffer, int offset, int length) {
        return buffer[offset + length - 2] - 'a' + 26 * (buffer[offset + length - 1] - '0');
    }
}
