package io.mlops.pipeline.data.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.ReadAhead;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Rows in an Arrow IPC file, one record batch per chunk, which carries its schema with it. */
public final class TableFile implements Rows {
    static final String SCHEMA_KEY = "mlops.schema";
    static final String COUNT_KEY = "mlops.rows";

    private final Path path;
    private final TableSchema schema;
    private final long count;

    TableFile(Path path, TableSchema schema, long count) {
        this.path = path;
        this.schema = schema;
        this.count = count;
    }

    /**
     * Opens a file that {@link TableFileWriter} wrote.
     *
     * @throws PipelineException where it is none
     */
    public static TableFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                BufferAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            String schema =
                    reader.getVectorSchemaRoot().getSchema().getCustomMetadata().get(SCHEMA_KEY);
            String count = reader.getMetaData().get(COUNT_KEY);
            if (schema == null || count == null) {
                throw PipelineException.data(path + " was not written by prepare-data: it carries no schema");
            }
            return new TableFile(path, SchemaJson.read(schema), Long.parseLong(count));
        } catch (JsonProcessingException | NumberFormatException e) {
            throw broken(path, e);
        } catch (IOException e) {
            throw broken(path, e);
        } catch (RuntimeException e) {
            throw e instanceof PipelineException ? e : broken(path, e);
        }
    }

    private static PipelineException broken(Path path, Exception cause) {
        return new PipelineException(
                PipelineException.Kind.DATA,
                path + " is not a readable table file (" + cause.getMessage() + "); run prepare-data again",
                cause);
    }

    public Path path() {
        return path;
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public long count() {
        return count;
    }

    /** Hands over every chunk on the calling thread, while the next ones are read on another. */
    @Override
    public void forEachChunk(Consumer<Table> consumer) {
        new ReadAhead<Table>(this::readHere).forEach(consumer);
    }

    private void readHere(Consumer<Table> consumer) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                BufferAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<ColumnCodec> codecs =
                    root.getSchema().getFields().stream().map(ColumnCodec::of).toList();
            while (reader.loadNextBatch()) {
                int rows = root.getRowCount();
                Table chunk = Table.create(path.getFileName().toString());
                for (int i = 0; i < codecs.size(); i++) {
                    FieldVector vector = root.getVector(i);
                    Column<?> column = codecs.get(i).read(vector, rows);
                    ChunkColumns.add(chunk, column);
                }
                consumer.accept(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
