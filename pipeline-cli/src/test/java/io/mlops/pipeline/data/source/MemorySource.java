package io.mlops.pipeline.data.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows that a test wrote down. */
public record MemorySource(List<String> columns, List<List<String>> rows) implements Source {
    /** A source from lines of cells that are separated by {@code |}, the first being the header. */
    public static MemorySource of(String... lines) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(List.of(line.split("\\|", -1)));
        }
        return new MemorySource(rows.get(0), rows.subList(1, rows.size()));
    }

    /** The same rows in another order. */
    public MemorySource shuffled(long seed) {
        List<List<String>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return new MemorySource(columns, shuffled);
    }

    @Override
    public String name() {
        return "memory.csv";
    }

    @Override
    public void read(RowHandler handler) {
        long number = 0;
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                char[] text = (">" + row.get(column) + "<").toCharArray();
                handler.cell(column, text, 1, text.length - 2, false);
            }
            number++;
            handler.endRow(number, number + 1, row.size());
        }
    }
}
