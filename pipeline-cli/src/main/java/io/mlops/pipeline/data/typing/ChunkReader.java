package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ReadAhead;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.LongColumn;

/**
 * Reads a source as typed chunks of a schema.
 *
 * <p>Columns are found by name, in any order; those that the schema does not know or that nothing reads are skipped.
 */
public final class ChunkReader {
    /** The most cells of a chunk, so that a table of very many columns has chunks of fewer rows. */
    private static final int MOST_CELLS = 1 << 20;

    private enum TargetMode {
        ABSENT,
        REQUIRED,
        OPTIONAL
    }

    private final Source source;
    private final TableSchema schema;
    private final CellFormat format;
    private final @Nullable TargetChoice target;
    private final TargetMode mode;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private JunkCounter junk = new JunkCounter();

    private ChunkReader(
            Source source, TableSchema schema, CellFormat format, @Nullable TargetChoice target, TargetMode mode) {
        this.source = source;
        this.format = format;
        this.target = target;
        this.mode = mode;
        List<String> names = source.columns();
        for (int position = 0; position < names.size(); position++) {
            positions.put(names.get(position), position);
        }
        this.schema = chunkSchema(schema);
        refuseMissingColumns();
    }

    /**
     * Reads rows to learn from: those whose target is unusable are rejected.
     *
     * @throws PipelineException where the source lacks columns that the schema requires
     */
    public static ChunkReader forLearning(Source source, TableSchema schema, CellFormat format, TargetChoice target) {
        return new ChunkReader(source, schema, format, target, TargetMode.REQUIRED);
    }

    /**
     * Reads rows to be scored: the target is left out.
     *
     * @throws PipelineException where the source lacks columns that the schema requires
     */
    public static ChunkReader forScoring(Source source, TableSchema schema, CellFormat format) {
        return new ChunkReader(source, schema, format, null, TargetMode.ABSENT);
    }

    /**
     * Reads rows to be scored and compared: the target is read where the source has it, and missing where it is
     * unusable.
     *
     * @throws PipelineException where the source lacks columns that the schema requires
     */
    public static ChunkReader forScoring(Source source, TableSchema schema, CellFormat format, TargetChoice target) {
        boolean present = source.columns().contains(target.column());
        return present
                ? new ChunkReader(source, schema, format, target, TargetMode.OPTIONAL)
                : forScoring(source, schema, format);
    }

    private TableSchema chunkSchema(TableSchema whole) {
        TableSchema read = whole.without(Role.IGNORE);
        if (target == null) {
            return read.without(Role.TARGET);
        }
        return read.with(target.column(), read.column(target.column()).as(target.type()));
    }

    private void refuseMissingColumns() {
        List<String> lacking = new ArrayList<>();
        schema.columns().forEach((name, column) -> {
            boolean needed = column.required() || (target != null && name.equals(target.column()));
            if (needed && !positions.containsKey(name)) {
                lacking.add("'" + name + "'" + similar(name));
            }
        });
        if (!lacking.isEmpty()) {
            throw PipelineException.data(source.name() + " lacks "
                    + (lacking.size() == 1 ? "the column " : lacking.size() + " columns: ")
                    + String.join(", ", lacking)
                    + "; add what is missing, or say required: false in the schema for columns that may be absent"
                    + (positions.size() == 1 && schema.columns().size() > 1
                            ? "; all of its header is one column, '"
                                    + source.columns().get(0) + "': is data.format.delimiter right?"
                            : ""));
        }
    }

    private String similar(String name) {
        String plain = plain(name);
        return positions.keySet().stream()
                .filter(each -> plain(each).equals(plain))
                .findFirst()
                .map(each -> " (it has '" + each + "')")
                .orElse("");
    }

    private static String plain(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[\\s_.-]", "");
    }

    /** The columns of the chunks: those of the schema that are read, the target as its task reads it. */
    public TableSchema schema() {
        return schema;
    }

    /**
     * Reads the source to its end, on a thread of its own, and hands each chunk over on the calling thread.
     *
     * @throws PipelineException where the source cannot be read
     */
    public void read(Consumer<Chunk> consumer) {
        junk = new JunkCounter();
        RowHash hash = new RowHash(schema);
        new ReadAhead<Chunk>(this::readHere).forEach(chunk -> {
            long[] hashes = hash.of(chunk.rows());
            ChunkColumns.add(chunk.rows(), LongColumn.create(Rows.HASH, hashes));
            consumer.accept(chunk);
        });
    }

    private void readHere(Consumer<Chunk> consumer) {
        ChunkBuilder builder = builder(consumer);
        source.read(builder);
        builder.finish();
    }

    private ChunkBuilder builder(Consumer<Chunk> consumer) {
        int columns = Math.max(1, schema.columns().size());
        int capacity = Math.max(1, Math.min(Rows.CHUNK, MOST_CELLS / columns));
        ChunkBuilder.@Nullable Slot[] slots =
                new ChunkBuilder.@Nullable Slot[source.columns().size()];
        List<ColumnParser> parsers = new ArrayList<>();
        List<ColumnParser> absent = new ArrayList<>();
        TargetParser targetParser = null;
        for (Map.Entry<String, ColumnSchema> entry : schema.columns().entrySet()) {
            String name = entry.getKey();
            ColumnSchema column = entry.getValue();
            ColumnParser parser = ColumnParser.of(name, column, format, capacity);
            if (target != null && name.equals(target.column())) {
                targetParser = new TargetParser(parser, target);
                parser = targetParser;
            }
            parsers.add(parser);
            Integer position = positions.get(name);
            if (position == null) {
                absent.add(parser);
            } else {
                slots[position] = new ChunkBuilder.Slot(
                        name, parser, format.missing(column), ColumnParser.holdsText(column.type()));
            }
        }
        TargetParser rejecting = mode == TargetMode.REQUIRED ? targetParser : null;
        String targetName = target == null ? "" : target.column();
        return new ChunkBuilder(slots, parsers, absent, rejecting, targetName, capacity, junk, consumer);
    }

    /** The junk cells by column of what was read last. */
    public Map<String, JunkCells> junk() {
        return junk.byColumn();
    }
}
