package io.mlops.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SliceColumnTest {
    @Test
    void putsTheMostFrequentCategoriesFirstAndTheRestTogether() {
        String[] values = new String[60];
        for (int row = 0; row < 60; row++) {
            values[row] = row < 10 ? "b" : row < 20 ? "a" : row < 25 ? "" : "rare" + row;
        }
        SliceColumn column = SliceColumn.ofCategories("c", values);
        assertThat(column.labels())
                .hasSize(21)
                .startsWith("a", "b", "(missing)")
                .endsWith("(other)");
        assertThat(column.codes()[0]).isEqualTo(1);
        assertThat(column.codes()[24]).isEqualTo(2);
        assertThat(column.codes()[59]).isEqualTo(20);
    }

    @Test
    void readsEachTypeOfColumn() {
        TableRows rows = rows();
        assertThat(SliceColumn.read(rows, "number").labels())
                .containsExactly("1 to 2", "3 to 4", "5 to 6", "7 to 8", "9 to 10.5", "(missing)");
        assertThat(SliceColumn.read(rows, "number").codes()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5);
        assertThat(SliceColumn.read(rows, "flag").labels()).containsExactly("false", "true", "(missing)");
        assertThat(SliceColumn.read(rows, "flag").codes()).startsWith(1, 0, 1);
        assertThat(SliceColumn.read(rows, "when").labels()).first().isEqualTo("2024-01-01 to 2024-03-01");
        assertThat(SliceColumn.read(rows, "place").labels()).containsExactly("home", "(missing)");
    }

    @Test
    void standsAColumnWithoutAnyValue() {
        SliceColumn column = SliceColumn.ofNumbers("n", new double[] {Double.NaN, Double.NaN}, String::valueOf);
        assertThat(column.labels()).containsExactly("(missing)");
        assertThat(column.codes()).containsExactly(0, 0);
    }

    @Test
    void namesTheColumnsWhereThereIsNoSuch() {
        assertThatThrownBy(() -> SliceColumn.read(rows(), "nmber"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("'nmber'")
                .hasMessageContaining("number, flag, when, place");
    }

    private static TableRows rows() {
        DoubleColumn number = DoubleColumn.create("number");
        DoubleColumn flag = DoubleColumn.create("flag");
        DateTimeColumn when = DateTimeColumn.create("when");
        StringColumn place = StringColumn.create("place");
        for (int row = 0; row < 11; row++) {
            number.append(row == 9 ? 10.5 : row == 10 ? Double.NaN : row + 1);
            flag.append(row % 2 == 0 ? 1 : 0);
            when.append(LocalDateTime.of(2024, 1 + row, 1, 12, 0));
            place.append(row == 5 ? "" : "home");
        }
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("number", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("flag", ColumnSchema.of(ColumnType.BOOLEAN));
        columns.put("when", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("place", ColumnSchema.of(ColumnType.CATEGORY));
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.keySet().forEach(name -> roles.put(name, Role.FEATURE));
        return new TableRows(new TableSchema(columns, roles), Table.create(number, flag, when, place));
    }
}
