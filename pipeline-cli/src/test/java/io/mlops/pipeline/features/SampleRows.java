package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Builds typed rows column by column. */
final class SampleRows {
    private final int rows;
    private final SplittableRandom random;
    private final Map<String, ColumnSchema> columns = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Table table = Table.create("sample");

    SampleRows(int rows, long seed) {
        this.rows = rows;
        random = new SplittableRandom(seed);
    }

    SampleRows number(String name, Function<SplittableRandom, Double> cell) {
        return add(name, ColumnType.NUMBER, Role.FEATURE, DoubleColumn.create(name, cells(cell, Double[]::new)));
    }

    /** A target named y. */
    SampleRows target(Function<SplittableRandom, Double> cell) {
        return add("y", ColumnType.NUMBER, Role.TARGET, DoubleColumn.create("y", cells(cell, Double[]::new)));
    }

    SampleRows words(String name, ColumnType type, Role role, Function<SplittableRandom, String> cell) {
        StringColumn column = StringColumn.create(name);
        for (String word : cells(cell, String[]::new)) {
            column.append(word);
        }
        return add(name, type, role, column);
    }

    SampleRows category(String name, Function<SplittableRandom, String> cell) {
        return words(name, ColumnType.CATEGORY, Role.FEATURE, cell);
    }

    SampleRows dates(String name, Function<SplittableRandom, @Nullable LocalDateTime> cell) {
        DateTimeColumn column = DateTimeColumn.create(name);
        for (LocalDateTime date : cells(cell, LocalDateTime[]::new)) {
            if (date == null) {
                column.appendMissing();
            } else {
                column.append(date);
            }
        }
        return add(name, ColumnType.DATETIME, Role.FEATURE, column);
    }

    TableRows build() {
        LongColumn numbers = LongColumn.create(
                Rows.NUMBER, IntStream.rangeClosed(1, rows).asLongStream().toArray());
        LongColumn hashes = LongColumn.create(Rows.HASH, random.longs(rows).toArray());
        table.addColumns(numbers, hashes);
        return new TableRows(new TableSchema(columns, roles), table);
    }

    private SampleRows add(String name, ColumnType type, Role role, Column<?> column) {
        columns.put(name, ColumnSchema.of(type));
        roles.put(name, role);
        table.addColumns(column);
        return this;
    }

    private <T> T[] cells(Function<SplittableRandom, T> cell, IntFunction<T[]> array) {
        return IntStream.range(0, rows).mapToObj(row -> cell.apply(random)).toArray(array);
    }
}
