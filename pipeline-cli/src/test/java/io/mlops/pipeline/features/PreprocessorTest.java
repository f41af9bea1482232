package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

class PreprocessorTest {
    private static final Target TARGET = new Target("paid", Task.BINARY, List.of("no", "yes"));

    private static TableRows credit(int rows, long seed) {
        return new SampleRows(rows, seed)
                .number("age", r -> r.nextInt(10) == 0 ? Double.NaN : 20 + r.nextInt(50))
                .number("income", r -> Math.exp(8 + 2 * r.nextGaussian()))
                .number("same", r -> 7.0)
                .category("purpose", r -> List.of("car", "house", "", "tv").get(r.nextInt(4)))
                .category("step", r -> List.of("1. low", "2. mid", "3. high").get(r.nextInt(3)))
                .category("city", r -> "city" + r.nextInt(60))
                .dates(
                        "when",
                        r -> r.nextInt(9) == 0
                                ? null
                                : LocalDateTime.of(2020 + r.nextInt(2), 1 + r.nextInt(12), 1 + r.nextInt(28), 0, 0))
                .words(
                        "name",
                        ColumnType.TEXT,
                        Role.FEATURE,
                        r -> (r.nextBoolean() ? "Mr. " : "Mrs. ") + "X" + r.nextInt(100_000))
                .words("id", ColumnType.IDENTIFIER, Role.ID, r -> "id" + r.nextInt())
                .words("paid", ColumnType.CATEGORY, Role.TARGET, r -> r.nextBoolean() ? "yes" : "no")
                .build();
    }

    private static Preprocessor fit(TableRows rows, View view) {
        return Preprocessor.fit(FeatureSettings.defaults(), view, rows, TARGET, 1);
    }

    @Test
    void namesTheFeaturesOfTreesForPeople() {
        Preprocessor preprocessor = fit(credit(2000, 1), View.TREE);

        assertThat(preprocessor.features().stream().map(Feature::name))
                .startsWith("age", "income", "purpose", "step", "step (number)", "city", "city (share of yes)")
                .contains(
                        "when.epoch_day",
                        "when.year",
                        "when.month",
                        "when.day",
                        "when.weekday",
                        "name~\"mrs\"",
                        "name.length");
        assertThat(preprocessor.dropped()).containsEntry("same", "constant");
        assertThat(preprocessor.inputs()).containsExactly("age", "income", "purpose", "step", "city", "when", "name");
    }

    @Test
    void namesTheFeaturesOfLinearModelsForPeople() {
        Preprocessor preprocessor = fit(credit(2000, 1), View.LINEAR);

        assertThat(preprocessor.features().stream().map(Feature::name))
                .contains(
                        "age",
                        "age is missing",
                        "purpose=car",
                        "purpose is missing",
                        "when.month.sin",
                        "when is missing");
    }

    @Test
    void keepsCodesApartForLinearModelsWhereAFewCellsAreFarOff() {
        TableRows rows = new SampleRows(2000, 1)
                .number("code", r -> r.nextInt(200) == 0 ? 500.0 : 1 + r.nextInt(4))
                .words("paid", ColumnType.CATEGORY, Role.TARGET, r -> r.nextBoolean() ? "yes" : "no")
                .build();

        FeatureMatrix matrix = fit(rows, View.LINEAR).transform(rows.table());

        double[] codes = rows.table().doubleColumn("code").asDoubleArray();
        int least =
                IntStream.range(0, 2000).filter(i -> codes[i] == 1).findFirst().orElseThrow();
        int most =
                IntStream.range(0, 2000).filter(i -> codes[i] == 4).findFirst().orElseThrow();
        assertThat(matrix.get(most, 0) - matrix.get(least, 0)).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void givesTheSameFeaturesOnceWrittenAndRead(View view) throws Exception {
        Preprocessor preprocessor = fit(credit(2000, 1), view);
        ObjectMapper mapper = new ObjectMapper();

        Preprocessor read = Preprocessor.fromJson(mapper.readTree(mapper.writeValueAsString(preprocessor.toJson())));

        Table fresh = credit(500, 2).table();
        assertThat(read.features()).isEqualTo(preprocessor.features());
        assertThat(read.transform(fresh).values())
                .containsExactly(preprocessor.transform(fresh).values());
        assertThat(read.toJson()).isEqualTo(preprocessor.toJson());
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void ignoresTheOrderOfColumnsAndColumnsItDoesNotKnow(View view) {
        Preprocessor preprocessor = fit(credit(2000, 1), view);
        Table fresh = credit(300, 2).table();
        List<String> names = fresh.columnNames().stream()
                .sorted()
                .filter(name -> !name.equals("paid"))
                .toList();

        Table shuffled = fresh.selectColumns(names.toArray(String[]::new));

        assertThat(preprocessor.transform(shuffled).values())
                .containsExactly(preprocessor.transform(fresh).values());
    }

    @Test
    void refusesATableWithoutColumnsItNeedsAndNamesAll() {
        Preprocessor preprocessor = fit(credit(500, 1), View.TREE);
        Table fresh = credit(10, 2).table();
        fresh.removeColumns("age", "city");

        assertThatThrownBy(() -> preprocessor.transform(fresh))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("'age', 'city'");
    }

    @Test
    void leavesNothingMissingForLinearModels() {
        Preprocessor preprocessor = fit(credit(500, 1), View.LINEAR);

        assertThat(preprocessor.transform(credit(500, 3)).values()).doesNotContain(Float.NaN);
    }
}
