package io.mlops.pipeline.data.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings.Expectation;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.typing.JunkCells;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class ColumnRulesTest {
    private static ColumnSchema rule(
            ColumnType type,
            List<String> allowed,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double maxMissing,
            boolean unique) {
        return new ColumnSchema(
                type,
                true,
                allowed,
                min,
                max,
                maxMissing,
                unique,
                List.of(),
                null,
                List.of(),
                List.of(),
                Severity.FAIL);
    }

    private static List<Violation> check(ColumnSchema schema, Column<?> cells, @Nullable JunkCells junk) {
        ColumnRules rules = new ColumnRules(new TableSchema(Map.of("c", schema), Map.of("c", Role.FEATURE)));
        long[] numbers = new long[cells.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 10 + i;
        }
        rules.accept(Table.create("chunk", cells, LongColumn.create(Rows.NUMBER, numbers)));
        return rules.finish(numbers.length, junk == null ? Map.of() : Map.of("c", junk));
    }

    @Test
    void findsNumbersOutOfRange() {
        List<Violation> violations = check(
                rule(ColumnType.NUMBER, List.of(), 0.0, 100.0, null, false),
                DoubleColumn.create("c", 5, -3, 100, Double.NaN, 100.5),
                null);
        assertThat(violations).extracting(Violation::rule).containsExactly("min", "max");
        assertThat(violations.get(0).message())
                .isEqualTo("column 'c': 1 of 5 cells (20.00 %) are below the minimum 0: '-3' in row 11");
        assertThat(violations.get(1).examples()).containsExactly(new Violation.Example(14, "100.5"));
        assertThat(violations).allMatch(each -> each.severity() == Severity.FAIL);
    }

    @Test
    void findsCategoriesThatAreNotAllowed() {
        List<Violation> violations = check(
                rule(ColumnType.CATEGORY, List.of("car", "1.0"), null, null, null, false),
                StringColumn.create("c", "car", "boat", "1", "", "boat"),
                null);
        assertThat(violations).singleElement().satisfies(each -> {
            assertThat(each.rule()).isEqualTo("allowed");
            assertThat(each.count()).isEqualTo(2);
            assertThat(each.examples())
                    .containsExactly(new Violation.Example(11, "boat"), new Violation.Example(14, "boat"));
        });
    }

    @Test
    void findsTooManyMissingCells() {
        ColumnSchema half = rule(ColumnType.NUMBER, List.of(), null, null, 0.5, false);
        assertThat(check(half, DoubleColumn.create("c", 1, Double.NaN), null)).isEmpty();
        assertThat(check(half, DoubleColumn.create("c", Double.NaN, Double.NaN), null))
                .extracting(Violation::message)
                .containsExactly("column 'c': 2 of 2 cells (100.00 %) are missing; at most 50.00 % may be");
    }

    @Test
    void findsValuesThatRepeat() {
        List<Violation> violations = check(
                rule(ColumnType.IDENTIFIER, List.of(), null, null, null, true),
                StringColumn.create("c", "a", "b", "", "a", ""),
                null);
        assertThat(violations).extracting(Violation::examples).containsExactly(List.of(new Violation.Example(13, "a")));
    }

    @Test
    void onlyWarnsOfFractionsAmongWholeNumbersAndOfSomeJunk() {
        JunkCells junk = new JunkCells(1, List.of(new JunkCells.Example(12, "many")));
        List<Violation> violations = check(
                rule(ColumnType.INTEGER, List.of(), null, null, null, false),
                DoubleColumn.create("c", 1, 2.5, Double.NaN),
                junk);
        assertThat(violations).extracting(Violation::rule).containsExactly("type", "integer");
        assertThat(violations).allMatch(each -> each.severity() == Severity.WARN);
        assertThat(violations.get(0).message()).contains("1 of 3 cells (33.33 %) are not of type integer");
    }

    @Test
    void failsAColumnThatIsMostlyJunk() {
        JunkCells junk = new JunkCells(2, List.of(new JunkCells.Example(11, "many")));
        List<Violation> violations = check(
                rule(ColumnType.NUMBER, List.of(), null, null, null, false),
                DoubleColumn.create("c", 1, Double.NaN, Double.NaN),
                junk);
        assertThat(violations).singleElement().satisfies(each -> {
            assertThat(each.severity()).isEqualTo(Severity.FAIL);
            assertThat(each.count()).isEqualTo(2);
        });
    }

    private static List<Violation> expect(String rule, double bound) {
        TableFacts facts = new TableFacts(1000, 900, 90, Map.of("0", 891L, "1", 9L), 9000, 900, 90);
        return TableRules.check(List.of(new Expectation(rule, bound, Severity.WARN)), facts);
    }

    @Test
    void holdsTheTableAgainstExpectations() {
        Map<String, List<Double>> keptAndBroken = Map.of(
                "min_rows", List.of(900.0, 901.0),
                "max_rows", List.of(900.0, 899.0),
                "max_duplicates", List.of(0.1, 0.09),
                "max_rejected", List.of(0.1, 0.09),
                "max_missing", List.of(0.1, 0.09),
                "max_junk", List.of(0.01, 0.009),
                "min_class_share", List.of(0.01, 0.02));
        keptAndBroken.forEach((rule, bounds) -> {
            assertThat(expect(rule, bounds.get(0))).as(rule).isEmpty();
            assertThat(expect(rule, bounds.get(1))).as(rule).singleElement().satisfies(each -> {
                assertThat(each.rule()).isEqualTo(rule);
                assertThat(each.severity()).isEqualTo(Severity.WARN);
            });
        });
        assertThat(expect("min_class_share", 0.02).get(0).message())
                .isEqualTo("class '1' has 9 rows (1.00 %); every class should have at least 2.00 %");
        assertThatThrownBy(() -> expect("min_row", 1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("min_rows");
    }
}
