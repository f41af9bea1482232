package io.mlops.pipeline.data.store;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.TableSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Writes chunks to a {@link TableFile}.
 *
 * <p>The file appears under its name when {@link #finish()} has written all of it; closed before that, nothing is left.
 */
public final class TableFileWriter implements Closeable {
    private final Path path;
    private final Path partial;
    private final TableSchema schema;
    private final List<ColumnCodec> codecs = new ArrayList<>();
    private final Map<String, String> footer = new HashMap<>();
    private final BufferAllocator allocator;
    private final FileChannel channel;
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private long count;
    private boolean closed;

    public TableFileWriter(Path path, TableSchema schema) {
        this.path = path;
        this.partial = path.resolveSibling(path.getFileName() + ".partial");
        this.schema = schema;
        schema.columns().forEach((name, column) -> codecs.add(ColumnCodec.of(name, column.type())));
        codecs.add(ColumnCodec.ofLongs(Rows.NUMBER));
        codecs.add(ColumnCodec.ofLongs(Rows.HASH));
        List<Field> fields = codecs.stream().map(ColumnCodec::field).toList();
        try {
            channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
        allocator = new RootAllocator();
        root = VectorSchemaRoot.create(
                new Schema(fields, Map.of(TableFile.SCHEMA_KEY, SchemaJson.write(schema))), allocator);
        writer = new ArrowFileWriter(root, null, channel, footer, IpcOption.DEFAULT);
    }

    /** Adds a chunk that has the columns of the schema, {@link Rows#NUMBER} and {@link Rows#HASH}, in any order. */
    public void append(Table chunk) {
        int rows = chunk.rowCount();
        if (rows == 0) {
            return;
        }
        Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
        for (int i = 0; i < codecs.size(); i++) {
            codecs.get(i).write(column(columns, codecs.get(i).name()), root.getVector(i));
        }
        root.setRowCount(rows);
        count += rows;
        try {
            writer.writeBatch();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    private static Column<?> column(Map<String, Column<?>> columns, String name) {
        Column<?> column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the chunk lacks the column '" + name + "'");
        }
        return column;
    }

    /** Ends the file and gives it its name. */
    public TableFile finish() {
        footer.put(TableFile.COUNT_KEY, Long.toString(count));
        try {
            writer.end();
            release();
            Files.move(partial, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
        return new TableFile(path, schema, count);
    }

    /** Lets go of everything; without {@link #finish()} nothing of the file stays. */
    @Override
    public void close() throws IOException {
        release();
        Files.deleteIfExists(partial);
    }

    private void release() throws IOException {
        if (!closed) {
            closed = true;
            root.close();
            allocator.close();
            channel.close();
        }
    }
}
