package io.mlops.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.bundle.Explainer.Reason;
import io.mlops.pipeline.data.CellTexts;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

class ReasonCellsTest {
    private static final CellTexts CELLS = new CellTexts(
            Table.create(DoubleColumn.create("age", new double[] {61}), LongColumn.create("#row", new long[] {1})),
            new TableSchema(Map.of("age", ColumnSchema.of(ColumnType.NUMBER)), Map.of("age", Role.FEATURE)));

    @Test
    void anEffectIsWrittenWithItsSign() {
        assertThat(text(new Reason("age", 0.82, 0.118)))
                .isEqualTo("age = 61 (+0.82 log-odds, +11.8 points of probability)");
        assertThat(text(new Reason("age", -0.82, -0.118)))
                .isEqualTo("age = 61 (-0.82 log-odds, -11.8 points of probability)");
    }

    @Test
    void whatIsTooSmallToBeSeenIsNotLessThanNothing() {
        assertThat(text(new Reason("age", -0.004, -0.0004)))
                .isEqualTo("age = 61 (+0.00 log-odds, +0.0 points of probability)");
        assertThat(text(new Reason("age", -0.006, -0.0006)))
                .isEqualTo("age = 61 (-0.01 log-odds, -0.1 points of probability)");
    }

    private static String text(Reason reason) {
        return new ReasonCells(CELLS, true).text(List.of(reason), 0);
    }
}
