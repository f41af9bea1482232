package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Tokens;
import io.mlops.pipeline.data.source.RowHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/** Collects the cells of a source to chunks and hands each over when it is full. */
final class ChunkBuilder implements RowHandler {
    /** The most characters of text in a chunk, so that long texts do not take all memory. */
    private static final long MOST_CHARACTERS = 8_000_000;

    private static final int LONGEST_EXAMPLE = 100;

    /** Reads one column of the source. */
    record Slot(String name, ColumnParser parser, Tokens missing, boolean text) {}

    private final @Nullable Slot[] slots;
    private final List<ColumnParser> parsers;
    private final List<ColumnParser> absent;
    private final @Nullable TargetParser target;
    private final String targetName;
    private final int capacity;
    private final Consumer<Chunk> consumer;
    private final long[] numbers;
    private final JunkCounter junk;
    private List<Reject> rejects = new ArrayList<>();
    private String targetCell = "";
    private int row;
    private long characters;

    /**
     * @param slots what reads each column of the source, null for one that is not read
     * @param parsers all columns of the chunk, in order
     * @param absent those of them that the source lacks
     * @param target the target whose unusable cells reject their rows, if any
     */
    ChunkBuilder(
            @Nullable Slot[] slots,
            List<ColumnParser> parsers,
            List<ColumnParser> absent,
            @Nullable TargetParser target,
            String targetName,
            int capacity,
            JunkCounter junk,
            Consumer<Chunk> consumer) {
        this.slots = slots;
        this.parsers = parsers;
        this.absent = absent;
        this.target = target;
        this.targetName = targetName;
        this.capacity = capacity;
        this.junk = junk;
        this.consumer = consumer;
        this.numbers = new long[capacity];
    }

    @Override
    public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
        if (column >= slots.length) {
            return;
        }
        Slot slot = slots[column];
        if (slot == null) {
            return;
        }
        int start = Cells.trimStart(buffer, offset, offset + length);
        int size = Cells.trimEnd(buffer, start, offset + length) - start;
        if (Cells.isMissing(buffer, start, size, slot.missing())) {
            slot.parser().missing(row);
        } else if (!slot.parser().parse(row, buffer, start, size)) {
            wrong(slot, buffer, start, size);
        }
        if (slot.text()) {
            characters += size;
        }
    }

    private void wrong(Slot slot, char[] buffer, int start, int size) {
        String value = new String(buffer, start, Math.min(size, LONGEST_EXAMPLE));
        if (slot.parser() == target) {
            targetCell = value;
        } else {
            slot.parser().missing(row);
            junk.note(slot.name(), value);
        }
    }

    @Override
    public void endRow(long number, long line, int cells) {
        if (cells != slots.length) {
            reject(new Reject(
                    number,
                    line,
                    Reject.Reason.RAGGED,
                    null,
                    cells + (cells == 1 ? " cell" : " cells") + " where the header has " + slots.length));
        } else if (target != null && target.problem() != null) {
            reject(new Reject(number, line, target.problem(), targetName, targetCell));
        } else {
            accept(number);
        }
        targetCell = "";
        if (row == capacity || rejects.size() == capacity || characters > MOST_CHARACTERS) {
            flush();
        }
    }

    private void accept(long number) {
        for (ColumnParser parser : absent) {
            parser.missing(row);
        }
        numbers[row] = number;
        junk.commit(number);
        row++;
    }

    private void reject(Reject reject) {
        junk.forget();
        rejects.add(reject);
    }

    /** Hands over what was collected since the last full chunk. */
    void finish() {
        if (row > 0 || !rejects.isEmpty()) {
            flush();
        }
    }

    private void flush() {
        Table table = Table.create();
        for (ColumnParser parser : parsers) {
            ChunkColumns.add(table, parser.take(row));
        }
        ChunkColumns.add(table, LongColumn.create(Rows.NUMBER, java.util.Arrays.copyOf(numbers, row)));
        consumer.accept(new Chunk(table, rejects));
        rejects = new ArrayList<>();
        row = 0;
        characters = 0;
    }
}
