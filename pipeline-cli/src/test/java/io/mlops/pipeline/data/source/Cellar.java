package io.mlops.pipeline.data.source;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a source delivers, for tests. */
final class Cellar implements RowHandler {
    final List<List<String>> rows = new ArrayList<>();
    final List<Long> lines = new ArrayList<>();
    final List<Long> numbers = new ArrayList<>();
    private final List<String> current = new ArrayList<>();

    static Cellar read(Source source) {
        Cellar cellar = new Cellar();
        source.read(cellar);
        return cellar;
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        while (current.size() <= column) {
            current.add("");
        }
        current.set(column, new String(buffer, offset, length));
    }

    @Override
    public void endRow(long row, long line, int cells) {
        rows.add(List.copyOf(current.subList(0, Math.min(cells, current.size()))));
        lines.add(line);
        numbers.add(row);
        current.clear();
    }
}
