package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Small tables made of rules; the hash of a row depends on its number only, so that a cell can change and no fold does. */
public final class Tables {
    private final int rows;
    private final Table table;
    private final Map<String, ColumnSchema> columns = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();

    public Tables(int rows) {
        this.rows = rows;
        table = Table.create(
                LongColumn.create(Rows.NUMBER, LongStream.rangeClosed(1, rows).toArray()),
                LongColumn.create(Rows.HASH, new Random(rows).longs(rows).toArray()));
    }

    public Tables number(String name, Role role, IntToDoubleFunction value) {
        table.addColumns(DoubleColumn.create(
                name, IntStream.range(0, rows).mapToDouble(value::applyAsDouble).toArray()));
        return describe(name, role, ColumnType.NUMBER);
    }

    public Tables category(String name, Role role, IntFunction<String> value) {
        table.addColumns(StringColumn.create(
                name, IntStream.range(0, rows).mapToObj(value).toArray(String[]::new)));
        return describe(name, role, ColumnType.CATEGORY);
    }

    private Tables describe(String name, Role role, ColumnType type) {
        columns.put(name, ColumnSchema.of(type));
        roles.put(name, role);
        return this;
    }

    public TableRows rows() {
        return new TableRows(new TableSchema(columns, roles), table);
    }

    /** The same numbers for the same arguments. */
    public static double random(long seed, int row) {
        return new SplittableRandom(seed * 1_000_003 + row).nextGaussian();
    }
}
