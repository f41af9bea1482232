package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

/** Tries to cheat: a column of pure noise must not tell the target of the rows it was fitted to. */
class TargetEncodingLeakTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("0", "1"));

    private static TableRows noise(int rows, int levels, long seed) {
        return new SampleRows(rows, seed)
                .category("noise", r -> "n" + r.nextInt(levels))
                .words("household", ColumnType.CATEGORY, Role.GROUP, r -> "h" + r.nextInt(rows / 4))
                .words("y", ColumnType.CATEGORY, Role.TARGET, r -> r.nextInt(3) == 0 ? "1" : "0")
                .build();
    }

    private static double correlation(FeatureMatrix matrix, TableRows rows) {
        int column = matrix.features().stream().map(Feature::name).toList().indexOf("noise (share of 1)");
        double[] encoded = new double[matrix.rows()];
        for (int row = 0; row < encoded.length; row++) {
            encoded[row] = matrix.get(row, column);
        }
        return new PearsonsCorrelation().correlation(encoded, TARGET.values(rows.table()));
    }

    @Test
    void noiseDoesNotBecomePredictiveOnTrainingRows() {
        for (long seed = 1; seed <= 5; seed++) {
            TableRows rows = noise(20_000, 5_000, seed);
            Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), View.TREE, rows, TARGET, seed);

            assertThat(correlation(preprocessor.transform(rows), rows))
                    .as("what a naive encoding leaks")
                    .isGreaterThan(0.4);
            assertThat(correlation(preprocessor.transformTraining(rows), rows))
                    .as("out of fold")
                    .isBetween(-0.025, 0.025);
        }
    }

    @Test
    void rowsOfOneGroupSeeNothingOfEachOther() {
        // Every group has a category and a target of its own: only a row's own group could tell its target.
        int rows = 4_000;
        int[] row = new int[3];
        TableRows grouped = new SampleRows(rows, 1)
                .category("noise", r -> "n" + row[0]++ / 4)
                .words("household", ColumnType.CATEGORY, Role.GROUP, r -> "h" + row[1]++ / 4)
                .words(
                        "y",
                        ColumnType.CATEGORY,
                        Role.TARGET,
                        r -> Integer.bitCount((row[2]++ / 4) * 0x9E3779B9) % 2 == 0 ? "1" : "0")
                .build();
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), View.TREE, grouped, TARGET, 1);

        FeatureMatrix matrix = preprocessor.transformTraining(grouped);
        int column = matrix.features().stream().map(Feature::name).toList().indexOf("noise (share of 1)");
        double first = matrix.get(0, column);
        for (int i = 0; i < rows; i++) {
            assertThat(matrix.get(i, column)).isEqualTo((float) first);
        }
    }

    @Test
    void aTellingCategoryStaysTellingOutOfFold() {
        TableRows rows = new SampleRows(20_000, 1)
                .category("noise", r -> "n" + r.nextInt(200))
                .words("y", ColumnType.CATEGORY, Role.TARGET, r -> "0")
                .build();
        for (int i = 0; i < 20_000; i++) {
            rows.table()
                    .stringColumn("y")
                    .set(i, rows.table().stringColumn("noise").get(i).hashCode() % 2 == 0 ? "1" : "0");
        }
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), View.TREE, rows, TARGET, 1);

        assertThat(correlation(preprocessor.transformTraining(rows), rows)).isGreaterThan(0.95);
    }
}
