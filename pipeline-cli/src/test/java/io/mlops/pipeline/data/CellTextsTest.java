package io.mlops.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class CellTextsTest {
    private static CellTexts cells() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("age", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("word", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("since", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("paid", words());
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.keySet().forEach(name -> roles.put(name, Role.FEATURE));
        Table table = Table.create(
                DoubleColumn.create("age", 61, 0.25, Double.NaN, 1e20, -0.0),
                StringColumn.create("word", "car", "", "a; b", "x", "y"),
                DateTimeColumn.create(
                        "since",
                        LocalDateTime.of(2020, 7, 2, 0, 0),
                        LocalDateTime.of(2020, 1, 1, 13, 5),
                        null,
                        null,
                        null),
                DoubleColumn.create("paid", 1, 0, Double.NaN, 1, 0),
                LongColumn.create("#row", 7, 8, 9, 10, 11));
        return new CellTexts(table, new TableSchema(columns, roles));
    }

    private static ColumnSchema words() {
        ColumnSchema plain = ColumnSchema.of(ColumnType.BOOLEAN);
        return new ColumnSchema(
                plain.type(),
                true,
                List.of(),
                null,
                null,
                null,
                false,
                List.of(),
                null,
                List.of("ja", "j"),
                List.of("nein"),
                Severity.FAIL);
    }

    @Test
    void writesCellsAsPeopleDo() {
        CellTexts cells = cells();
        assertThat(List.of(cells.of("age", 0), cells.of("age", 1), cells.of("age", 2), cells.of("age", 3)))
                .containsExactly("61", "0.25", "", "100000000000000000000");
        assertThat(cells.of("age", 4)).isEqualTo("0");
        assertThat(List.of(cells.of("word", 0), cells.of("word", 1))).containsExactly("car", "");
        assertThat(List.of(cells.of("since", 0), cells.of("since", 1), cells.of("since", 2)))
                .containsExactly("2020-07-02", "2020-01-01T13:05", "");
        assertThat(List.of(cells.of("paid", 0), cells.of("paid", 1), cells.of("paid", 2)))
                .containsExactly("ja", "nein", "");
        assertThat(cells.rowNumber(1)).isEqualTo(8);
    }

    @Test
    void takesNumbersAndDatesAsNumbersAndWordsNot() {
        CellTexts cells = cells();
        assertThat(cells.number("age", 1)).isEqualTo(0.25);
        assertThat(cells.number("age", 2)).isNaN();
        assertThat(cells.number("since", 0)).isBetween(2020.49, 2020.51);
        assertThat(cells.number("word", 0)).isNaN();
        assertThat(cells.number("paid", 0)).isNaN();
        assertThat(cells.isNumeric("age")).isTrue();
        assertThat(cells.isNumeric("paid")).isFalse();
    }
}
