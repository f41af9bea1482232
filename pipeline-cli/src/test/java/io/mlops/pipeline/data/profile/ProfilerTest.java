package io.mlops.pipeline.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.profile.Profile.CategoryCount;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import io.mlops.pipeline.data.profile.Profile.NumberProfile;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ProfilerTest {
    private static TableSchema schema() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("amount", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("opened", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("name", ColumnSchema.of(ColumnType.IDENTIFIER));
        return new TableSchema(
                columns, Map.of("amount", Role.FEATURE, "purpose", Role.FEATURE, "opened", Role.TIME, "name", Role.ID));
    }

    private static Table rows(int rows, long seed) {
        Random random = new Random(seed);
        DoubleColumn amount = DoubleColumn.create("amount");
        StringColumn purpose = StringColumn.create("purpose");
        DateTimeColumn opened = DateTimeColumn.create("opened");
        StringColumn name = StringColumn.create("name");
        for (int i = 0; i < rows; i++) {
            amount.append(random.nextInt(20) == 0 ? Double.NaN : Math.exp(random.nextGaussian() * 2) + 1e6);
            purpose.append(random.nextInt(10) == 0 ? "" : "p" + (int) Math.abs(random.nextGaussian() * 30));
            opened.append(LocalDateTime.of(2024, 1, 1, 0, 0).plusMinutes(random.nextInt(500_000)));
            name.append("n" + random.nextInt());
        }
        return Table.create("rows", amount, purpose, opened, name);
    }

    private static Profile fit(Table... chunks) {
        Profiler profiler = new Profiler(schema(), 0);
        Arrays.stream(chunks).forEach(profiler::accept);
        return profiler.finish();
    }

    private static NumberProfile numbers(Profile profile, String column) {
        return Objects.requireNonNull(profile.column(column).numbers());
    }

    @Test
    void describesNumbers() {
        Table chunk = rows(8, 1);
        DoubleColumn amount = DoubleColumn.create("amount", 1, 2, 3, 4, Double.NaN, 5, 6, 7);
        chunk.replaceColumn("amount", amount);
        ColumnProfile column = fit(chunk).column("amount");

        assertThat(column.count()).isEqualTo(7);
        assertThat(column.missing()).isEqualTo(1);
        NumberProfile numbers = Objects.requireNonNull(column.numbers());
        assertThat(numbers.mean()).isEqualTo(4);
        assertThat(numbers.deviation()).isCloseTo(amount.standardDeviation(), within(1e-12));
        assertThat(numbers.min()).isEqualTo(1);
        assertThat(numbers.max()).isEqualTo(7);
        assertThat(numbers.quantiles()).contains(new Profile.Quantile(0.5, 4), new Profile.Quantile(0.25, 2.5));
        assertThat(numbers.histogram().counts().stream().mapToLong(each -> each).sum())
                .isEqualTo(7);
    }

    @Test
    void describesCategories() {
        Table chunk = rows(5, 1);
        chunk.replaceColumn("purpose", StringColumn.create("purpose", "car", "", "boat", "car", "air"));
        ColumnProfile column = fit(chunk, chunk).column("purpose");
        assertThat(column.missing()).isEqualTo(2);
        assertThat(column.texts())
                .isEqualTo(new Profile.TextProfile(
                        List.of(new CategoryCount("car", 4), new CategoryCount("air", 2), new CategoryCount("boat", 2)),
                        0,
                        3));
    }

    @Test
    void describesNothing() {
        Profile profile = fit();
        assertThat(profile.rows()).isZero();
        assertThat(profile.column("amount").numbers()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3000, 60_000})
    void fitOnPartsAndMergedEqualsFitOnTheWhole(int rows) {
        for (int seed = 0; seed < 3; seed++) {
            Table whole = rows(rows, seed);
            Random random = new Random(seed);
            Profiler merged = new Profiler(schema(), 0);
            int from = 0;
            while (from < rows) {
                int to = Math.min(rows, from + 1 + random.nextInt(rows / 2 + 1));
                Profiler part = new Profiler(schema(), 0);
                part.accept(whole.inRange(from, to));
                merged.merge(part);
                from = to;
            }
            assertSame(merged.finish(), fit(whole), whole);
        }
    }

    private static void assertSame(Profile parts, Profile whole, Table rows) {
        assertThat(parts.rows()).isEqualTo(whole.rows());
        assertThat(parts.column("purpose")).isEqualTo(whole.column("purpose"));
        Profile.TextProfile names = Objects.requireNonNull(parts.column("name").texts());
        assertThat((double) names.distinct()).isCloseTo(rows.rowCount(), within(0.05 * rows.rowCount()));
        double[] sorted = Arrays.stream(rows.doubleColumn("amount").asDoubleArray())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        for (Profile each : List.of(parts, whole)) {
            NumberProfile numbers = numbers(each, "amount");
            assertThat(numbers.min()).isEqualTo(sorted[0]);
            assertThat(numbers.max()).isEqualTo(sorted[sorted.length - 1]);
            assertThat(numbers.mean()).isCloseTo(Arrays.stream(sorted).average().orElseThrow(), within(1e-6));
            assertThat(numbers.deviation())
                    .isCloseTo(rows.doubleColumn("amount").standardDeviation(), within(1e-6));
            for (Profile.Quantile quantile : numbers.quantiles()) {
                assertThat(rank(sorted, quantile.value()))
                        .isCloseTo(
                                quantile.level() * (sorted.length - 1) / sorted.length,
                                within(0.005 + 1.0 / rows.rowCount()));
            }
            assertThat(numbers.histogram().counts().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(sorted.length);
        }
    }

    private static double rank(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        return (double) (at >= 0 ? at : -at - 1) / sorted.length;
    }

    @Test
    void staysWithinTheBoundOfTheSketch() {
        int n = 300_000;
        double bound = Math.log((double) n / QuantileSketch.CAPACITY) / Math.log(2) / QuantileSketch.CAPACITY;
        for (String order : List.of("random", "ascending", "descending", "few")) {
            Random random = new Random(3);
            QuantileSketch sketch = new QuantileSketch();
            double[] values = random.doubles(n)
                    .map(value -> order.equals("few") ? Math.floor(value * 7) : value)
                    .toArray();
            if (order.endsWith("ascending") || order.equals("descending")) {
                Arrays.sort(values);
            }
            for (int i = 0; i < n; i++) {
                sketch.accept(values[order.equals("descending") ? n - 1 - i : i]);
            }
            Arrays.sort(values);
            for (double at = 0.5; at < 7; at++) {
                double value = order.equals("few") ? at : at / 7;
                assertThat(sketch.shareBelow(value)).as(order).isCloseTo(rank(values, value), within(bound));
            }
        }
    }

    @Test
    void countsManyCategoriesInBoundedMemory() {
        Profiler profiler = new Profiler(schema(), 0);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            names.add(i % 3 == 0 ? "frequent" : "rare " + i);
        }
        Table chunk = rows(names.size(), 5);
        chunk.replaceColumn("purpose", StringColumn.create("purpose", names));
        profiler.accept(chunk);
        Profile.TextProfile texts =
                Objects.requireNonNull(profiler.finish().column("purpose").texts());
        assertThat(texts.top().get(0).category()).isEqualTo("frequent");
        assertThat(texts.top().get(0).count()).isBetween(16_667L, 16_700L);
        assertThat((double) texts.distinct()).isCloseTo(33_334, within(33_334 * 0.05));
    }

    @Test
    void travelsAsJson() throws Exception {
        Profile profile = fit(rows(1000, 4));
        String json = SchemaJson.MAPPER.writeValueAsString(profile);
        assertThat(SchemaJson.MAPPER.readValue(json, Profile.class)).isEqualTo(profile);
    }
}
