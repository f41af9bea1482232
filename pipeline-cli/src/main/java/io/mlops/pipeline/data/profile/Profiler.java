package io.mlops.pipeline.data.profile;

import com.dynatrace.hash4j.hashing.Hashing;
import io.mlops.pipeline.data.Accumulator;
import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DateTimes;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Profiles the columns of a schema, chunk by chunk.
 *
 * <p>Of very many rows the quantiles and histograms see a sample of about {@value #SAMPLED}, chosen by the row's number,
 * which puts ranks off by some 0.2 %; everything else sees every row.
 */
public final class Profiler implements Accumulator<Table, Profiler, Profile> {
    /** From so many columns on the quantiles are kept less precisely, to save memory. */
    private static final int WIDE = 1000;

    private static final long SAMPLED = 200_000;

    private final TableSchema schema;
    private final long sampleBound;
    private final Map<String, NumberProfiler> numbers = new LinkedHashMap<>();
    private final Map<String, TextProfiler> texts = new LinkedHashMap<>();
    private long rows;

    /**
     * @param expectedRows about how many rows there will be; profiles that are to be merged expect the same
     */
    public Profiler(TableSchema schema, long expectedRows) {
        this.schema = schema;
        this.sampleBound =
                expectedRows <= SAMPLED ? Long.MAX_VALUE : (long) (Long.MAX_VALUE * ((double) SAMPLED / expectedRows));
        boolean wide = schema.columns().size() > WIDE;
        int capacity = wide ? QuantileSketch.CAPACITY / 8 : QuantileSketch.CAPACITY;
        schema.columns().forEach((name, column) -> {
            if (column.type().isNumeric() || column.type() == ColumnType.DATETIME) {
                numbers.put(name, new NumberProfiler(capacity));
            } else {
                texts.put(name, new TextProfiler(column.type() == ColumnType.CATEGORY));
            }
        });
    }

    @Override
    public void accept(Table chunk) {
        rows += chunk.rowCount();
        Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
        if (sampleBound == Long.MAX_VALUE) {
            numbers.forEach((name, profiler) -> profiler.accept(values(of(columns, name))));
        } else {
            int[] sampled = sample(chunk.longColumn(Rows.NUMBER));
            numbers.forEach((name, profiler) -> profiler.accept(values(of(columns, name)), sampled));
        }
        texts.forEach((name, profiler) -> profiler.accept(CategoryCodes.of((StringColumn) of(columns, name))));
    }

    private int[] sample(LongColumn rowNumbers) {
        int[] places = new int[rowNumbers.size()];
        int size = 0;
        for (int row = 0; row < places.length; row++) {
            long hash = Hashing.komihash5_0().hashLongLongToLong(0, rowNumbers.getLong(row)) >>> 1;
            if (hash < sampleBound) {
                places[size++] = row;
            }
        }
        return Arrays.copyOf(places, size);
    }

    private static double[] values(Column<?> column) {
        if (column instanceof DoubleColumn doubles) {
            return doubles.asDoubleArray();
        }
        DateTimeColumn times = (DateTimeColumn) column;
        double[] values = new double[times.size()];
        for (int row = 0; row < values.length; row++) {
            long millis = DateTimes.unpack(times.getLongInternal(row));
            values[row] = millis == DateTimes.MISSING ? Double.NaN : millis;
        }
        return values;
    }

    @Override
    public void merge(Profiler other) {
        rows += other.rows;
        numbers.forEach((name, profiler) -> profiler.merge(of(other.numbers, name)));
        texts.forEach((name, profiler) -> profiler.merge(of(other.texts, name)));
    }

    private static <T> T of(Map<String, T> profilers, String name) {
        T profiler = profilers.get(name);
        if (profiler == null) {
            throw new IllegalArgumentException("the profiles are of different columns: no '" + name + "'");
        }
        return profiler;
    }

    @Override
    public Profile finish() {
        List<ColumnProfile> columns = new ArrayList<>();
        for (Map.Entry<String, ColumnSchema> entry : schema.columns().entrySet()) {
            String name = entry.getKey();
            NumberProfiler number = numbers.get(name);
            TextProfiler text = texts.get(name);
            long count = number != null ? number.count() : of(texts, name).count();
            columns.add(new ColumnProfile(
                    name,
                    entry.getValue().type(),
                    schema.role(name),
                    count,
                    rows - count,
                    number == null ? null : number.finish().orElse(null),
                    text == null ? null : text.finish()));
        }
        return new Profile(rows, columns);
    }
}
