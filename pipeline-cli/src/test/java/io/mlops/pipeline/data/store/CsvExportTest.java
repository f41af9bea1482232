package io.mlops.pipeline.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class CsvExportTest {
    @TempDir
    Path folder;

    private static TableRows rows() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("amount, EUR", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("remark", ColumnSchema.of(ColumnType.TEXT));
        columns.put("day", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("y", ColumnSchema.of(ColumnType.CATEGORY));
        Table table = Table.create(
                "rows",
                DoubleColumn.create("amount, EUR", 1, 0.1, Double.NaN),
                StringColumn.create("remark", "a \"b\"", "", "two\nlines"),
                DateTimeColumn.create(
                        "day",
                        LocalDateTime.of(2024, 2, 29, 0, 0),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 5_000_000),
                        null),
                StringColumn.create("y", "0", "1", "0"));
        return new TableRows(
                new TableSchema(
                        columns,
                        Map.of(
                                "amount, EUR",
                                Role.FEATURE,
                                "remark",
                                Role.FEATURE,
                                "day",
                                Role.FEATURE,
                                "y",
                                Role.TARGET)),
                table);
    }

    @Test
    void writesCellsSoThatTheyCanBeReadAgain() {
        Path file = folder.resolve("data.csv");
        CsvExport.write(rows(), file);
        assertThat(file).hasContent("""
                        "amount, EUR",remark,day,y
                        1,"a ""b""\",2024-02-29,0
                        0.1,,1969-12-31T23:59:59.005,1
                        ,"two
                        lines",,0
                        """);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void writesTheTargetApart() {
        CsvExport.writeWithout(rows(), "y", folder.resolve("X.csv"));
        CsvExport.write(rows(), List.of("y"), folder.resolve("y.csv"));
        assertThat(folder.resolve("X.csv")).content().startsWith("\"amount, EUR\",remark,day\n1,");
        assertThat(folder.resolve("y.csv")).hasContent("y\n0\n1\n0\n");
    }
}
