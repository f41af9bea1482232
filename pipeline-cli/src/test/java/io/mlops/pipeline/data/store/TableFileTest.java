package io.mlops.pipeline.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableFileTest {
    @TempDir
    Path folder;

    private static TableSchema schema() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("amount", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("opened", ColumnSchema.of(ColumnType.DATETIME));
        return new TableSchema(columns, Map.of("amount", Role.FEATURE, "purpose", Role.FEATURE, "opened", Role.TIME));
    }

    private static Table chunk(long from, int rows) {
        DoubleColumn amount = DoubleColumn.create("amount");
        StringColumn purpose = StringColumn.create("purpose");
        DateTimeColumn opened = DateTimeColumn.create("opened");
        LongColumn number = LongColumn.create(Rows.NUMBER);
        LongColumn hash = LongColumn.create(Rows.HASH);
        for (int i = 0; i < rows; i++) {
            long row = from + i;
            amount.append(row % 7 == 0 ? Double.NaN : row / 3.0);
            purpose.append(row % 5 == 0 ? "" : row % 3 == 0 ? "Möbel" : "car " + row % 300);
            opened.append(
                    row % 11 == 0
                            ? null
                            : LocalDateTime.of(1969, 12, 31, 23, 59, 59).plusHours(row));
            number.append(row);
            hash.append(row * 31);
        }
        return Table.create("chunk", amount, purpose, opened, number, hash);
    }

    private TableFile write(String name) throws IOException {
        try (TableFileWriter writer = new TableFileWriter(folder.resolve(name), schema())) {
            writer.append(chunk(1, 1000));
            writer.append(chunk(1001, 13));
            return writer.finish();
        }
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        write("rows.arrow");
        TableFile file = TableFile.open(folder.resolve("rows.arrow"));

        assertThat(file.schema()).isEqualTo(schema());
        assertThat(file.schema().columns().keySet()).containsExactly("amount", "purpose", "opened");
        assertThat(file.count()).isEqualTo(1013);
        Table expected = chunk(1, 1013);
        Table all = file.readAll();
        for (String column : expected.columnNames()) {
            assertThat(all.column(column).asList())
                    .as(column)
                    .isEqualTo(expected.column(column).asList());
        }
    }

    @Test
    void keepsChunks() throws IOException {
        List<Integer> sizes = new java.util.ArrayList<>();
        write("rows.arrow").forEachChunk(chunk -> sizes.add(chunk.rowCount()));
        assertThat(sizes).containsExactly(1000, 13);
    }

    @Test
    void givesTheSameBytesForTheSameRows() throws IOException {
        write("a.arrow");
        write("b.arrow");
        assertThat(folder.resolve("a.arrow")).hasSameBinaryContentAs(folder.resolve("b.arrow"));
    }

    @Test
    void leavesNothingOfAFileThatWasNotFinished() throws IOException {
        try (TableFileWriter writer = new TableFileWriter(folder.resolve("rows.arrow"), schema())) {
            writer.append(chunk(1, 1000));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void holdsNoRows() throws IOException {
        try (TableFileWriter writer = new TableFileWriter(folder.resolve("rows.arrow"), schema())) {
            writer.finish();
        }
        TableFile file = TableFile.open(folder.resolve("rows.arrow"));
        assertThat(file.count()).isZero();
        file.forEachChunk(chunk -> {
            throw new AssertionError("no chunk expected");
        });
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        Path text = Files.writeString(folder.resolve("rows.arrow"), "a,b\n1,2\n");
        assertThatThrownBy(() -> TableFile.open(text))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("rows.arrow")
                .hasMessageContaining("run prepare-data again");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        write("rows.arrow");
        byte[] bytes = Files.readAllBytes(folder.resolve("rows.arrow"));
        Path cut = Files.write(folder.resolve("cut.arrow"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> TableFile.open(cut)).isInstanceOf(PipelineException.class);
    }

    @Test
    void codesOfAColumnMakeTheSameColumn() {
        StringColumn column = chunk(1, 1000).stringColumn("purpose");
        StringColumn again = io.mlops.pipeline.data.CategoryCodes.of(column).toColumn("again");
        assertThat(again.asList()).isEqualTo(column.asList());
        assertThat(again.countMissing()).isEqualTo(column.countMissing());
        assertThat(again.countUnique()).isEqualTo(column.countUnique());
        again.append("new one").append("").append("Möbel");
        assertThat(again.asList()).endsWith("new one", "", "Möbel");
    }
}
