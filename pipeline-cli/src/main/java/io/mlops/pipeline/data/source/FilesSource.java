package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One or more files with the same columns, read one after the other. */
final class FilesSource implements Source {
    private final String name;
    private final List<TableFile> tables;

    FilesSource(String name, List<TableFile> tables) {
        this.name = name;
        this.tables = List.copyOf(tables);
        for (TableFile table : tables) {
            checkColumns(tables.get(0), table);
        }
    }

    private static void checkColumns(TableFile first, TableFile other) {
        Set<String> missing = new LinkedHashSet<>(first.columns());
        other.columns().forEach(missing::remove);
        Set<String> further = new LinkedHashSet<>(other.columns());
        first.columns().forEach(further::remove);
        if (!missing.isEmpty() || !further.isEmpty()) {
            throw PipelineException.data(other.file().name() + " has other columns than "
                    + first.file().name() + ": " + (missing.isEmpty() ? "" : "it lacks " + some(missing))
                    + (missing.isEmpty() || further.isEmpty() ? "" : " and ")
                    + (further.isEmpty() ? "" : "it has also " + some(further))
                    + "; files that are read together must have the same columns, in any order");
        }
    }

    private static String some(Set<String> names) {
        List<String> quoted =
                names.stream().limit(5).map(each -> "'" + each + "'").toList();
        String list = String.join(", ", quoted);
        return names.size() > quoted.size() ? list + " and " + (names.size() - quoted.size()) + " more" : list;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> columns() {
        return tables.get(0).columns();
    }

    @Override
    public List<Path> files() {
        return tables.stream().map(table -> table.file().path()).toList();
    }

    @Override
    public FormatSettings format() {
        FormatSettings first = tables.get(0).format();
        return tables.stream()
                .map(TableFile::format)
                .filter(format -> !Objects.equals(format.encoding(), "utf-8"))
                .findFirst()
                .map(other -> new FormatSettings(first.delimiter(), other.encoding(), first.header(), first.decimal()))
                .orElse(first);
    }

    @Override
    public List<String> warnings() {
        Set<String> warnings = new LinkedHashSet<>();
        tables.forEach(table -> warnings.addAll(table.warnings()));
        return new ArrayList<>(warnings);
    }

    @Override
    public void read(RowHandler handler) {
        long rows = 0;
        for (TableFile table : tables) {
            rows += table.read(ordered(table, handler), rows);
        }
    }

    /** Moves the cells of a file whose columns stand in another order to where the first file has them. */
    private RowHandler ordered(TableFile table, RowHandler handler) {
        List<String> columns = table.columns();
        if (columns.equals(columns())) {
            return handler;
        }
        int[] positions =
                columns.stream().mapToInt(column -> columns().indexOf(column)).toArray();
        return new RowHandler() {
            @Override
            public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
                int position = column < positions.length ? positions[column] : column;
                handler.cell(position, buffer, offset, length, quoted);
            }

            @Override
            public void endRow(long row, long line, int cells) {
                handler.endRow(row, line, cells);
            }
        };
    }
}
