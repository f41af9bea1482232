package io.mlops.pipeline.data.typing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts junk cells by column; those of a row count when the row turns out to be usable. */
final class JunkCounter {
    private record Noted(String column, String value) {}

    private static final class Count {
        private long cells;
        private final List<JunkCells.Example> examples = new ArrayList<>();
    }

    private final List<Noted> pending = new ArrayList<>();
    private final Map<String, Count> counts = new TreeMap<>();

    void note(String column, String value) {
        pending.add(new Noted(column, value));
    }

    void commit(long row) {
        if (pending.isEmpty()) {
            return;
        }
        for (Noted noted : pending) {
            Count count = counts.computeIfAbsent(noted.column(), name -> new Count());
            count.cells++;
            if (count.examples.size() < JunkCells.EXAMPLES) {
                count.examples.add(new JunkCells.Example(row, noted.value()));
            }
        }
        pending.clear();
    }

    void forget() {
        pending.clear();
    }

    Map<String, JunkCells> byColumn() {
        Map<String, JunkCells> result = new TreeMap<>();
        counts.forEach((column, count) -> result.put(column, new JunkCells(count.cells, List.copyOf(count.examples))));
        return result;
    }
}
