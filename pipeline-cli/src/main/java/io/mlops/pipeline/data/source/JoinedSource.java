package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table with the one column of another table, row beside row: features in one file, the target in another. */
public final class JoinedSource implements Source {
    private final Source table;
    private final Source target;

    /** Joins two sources; the second has exactly one column, whose name the first does not have. */
    public JoinedSource(Source table, Source target) {
        this.table = table;
        this.target = target;
        if (target.columns().size() != 1) {
            throw PipelineException.data(target.name() + ": expected one column, the target, and found "
                    + target.columns().size() + ": " + String.join(", ", target.columns()));
        }
        if (table.columns().contains(target.columns().get(0))) {
            throw PipelineException.data(table.name() + " already has a column '"
                    + target.columns().get(0) + "' as in " + target.name() + "; leave one of them out");
        }
    }

    @Override
    public String name() {
        return table.name() + " with " + target.name();
    }

    @Override
    public List<String> columns() {
        List<String> columns = new ArrayList<>(table.columns());
        columns.addAll(target.columns());
        return columns;
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(table.files());
        files.addAll(target.files());
        return files;
    }

    @Override
    public FormatSettings format() {
        return table.format();
    }

    @Override
    public List<String> warnings() {
        return table.warnings();
    }

    @Override
    public void read(RowHandler handler) {
        List<char[]> values = targetCells();
        int width = table.columns().size();
        int[] rows = new int[1];
        table.read(new RowHandler() {
            @Override
            public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
                // A row that is too long keeps its surplus, beyond the joined column.
                handler.cell(column < width ? column : column + 1, buffer, offset, length, quoted);
            }

            @Override
            public void endRow(long row, long line, int cells) {
                if (rows[0] < values.size()) {
                    char[] value = values.get(rows[0]);
                    handler.cell(width, value, 0, value.length, false);
                    handler.endRow(row, line, cells + 1);
                }
                rows[0]++;
            }
        });
        if (rows[0] != values.size()) {
            throw PipelineException.data(table.name() + " has " + rows[0] + " rows and " + target.name() + " has "
                    + values.size() + "; the two must match row by row");
        }
    }

    private List<char[]> targetCells() {
        List<char[]> cells = new ArrayList<>();
        target.read(new RowHandler() {
            private char[] value = new char[0];

            @Override
            public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
                if (column == 0) {
                    value = Arrays.copyOfRange(buffer, offset, offset + length);
                }
            }

            @Override
            public void endRow(long row, long line, int count) {
                cells.add(value);
                value = new char[0];
            }
        });
        return cells;
    }
}
