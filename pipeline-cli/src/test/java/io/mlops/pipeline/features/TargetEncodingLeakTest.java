package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.ViewSettings.TargetStatistics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.Table;

/** Tries to cheat: a column of pure noise must not tell the target of the rows it was fitted to. */
class TargetEncodingLeakTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Target TARGET = new Target("y", Task.BINARY, List.of("0", "1"));

    private static TableRows noise(int rows, int levels, long seed) {
        return new SampleRows(rows, seed)
                .category("noise", r -> "n" + r.nextInt(levels))
                .words("household", ColumnType.CATEGORY, Role.GROUP, r -> "h" + r.nextInt(rows / 4))
                .words("y", ColumnType.CATEGORY, Role.TARGET, r -> r.nextInt(3) == 0 ? "1" : "0")
                .build();
    }

    private static FeatureSettings settings(TargetStatistics statistics, int crosses) {
        Map<String, Object> others = Map.of("targetStatistics", statistics, "crosses", crosses, "targetFrom", 2);
        Map<String, Object> view = JSON.convertValue(ViewSettings.treeDefaults(), new TypeReference<>() {});
        view.putAll(others);
        FeatureSettings defaults = FeatureSettings.defaults();
        return new FeatureSettings(
                JSON.convertValue(view, ViewSettings.class),
                defaults.linear(),
                defaults.neural(),
                Map.of(),
                defaults.select());
    }

    private static Preprocessor fit(TargetStatistics statistics, int crosses, Rows rows, long seed) {
        return Preprocessor.fit(settings(statistics, crosses), View.TREE, rows, TARGET, seed);
    }

    private static double correlation(FeatureMatrix matrix, TableRows rows) {
        int column = matrix.features().stream().map(Feature::name).toList().indexOf("noise (share of 1)");
        double[] encoded = new double[matrix.rows()];
        for (int row = 0; row < encoded.length; row++) {
            encoded[row] = matrix.get(row, column);
        }
        return new PearsonsCorrelation().correlation(encoded, TARGET.values(rows.table()));
    }

    @ParameterizedTest
    @EnumSource
    void noiseDoesNotBecomePredictiveOnTrainingRows(TargetStatistics statistics) {
        for (long seed = 1; seed <= 5; seed++) {
            TableRows rows = noise(20_000, 5_000, seed);
            Preprocessor preprocessor = fit(statistics, 0, rows, seed);

            assertThat(correlation(preprocessor.transform(rows), rows))
                    .as("what a naive encoding leaks")
                    .isGreaterThan(0.4);
            assertThat(correlation(preprocessor.transformTraining(rows), rows))
                    .as("what a row sees of itself")
                    .isBetween(-0.025, 0.025);
        }
    }

    /** Two columns that say something together only, and one more. */
    private static TableRows crossed(int rows, long seed) {
        TableRows made = new SampleRows(rows, seed)
                .category("one", r -> "a" + r.nextInt(30))
                .category("other", r -> "b" + r.nextInt(30))
                .category("noise", r -> "n" + r.nextInt(300))
                .words("y", ColumnType.CATEGORY, Role.TARGET, r -> r.nextInt(5) == 0 ? "1" : "0")
                .build();
        Table table = made.table();
        for (int row = 0; row < rows; row++) {
            if ((word(made, "one", row) + word(made, "other", row)).hashCode() % 2 == 0) {
                table.stringColumn("y").set(row, "1");
            }
        }
        return made;
    }

    private static String word(TableRows rows, String column, int row) {
        return rows.table().stringColumn(column).get(row);
    }

    private static TableRows copy(TableRows rows) {
        return new TableRows(rows.schema(), rows.table().copy());
    }

    private static float[] row(FeatureMatrix matrix, int row) {
        return Arrays.copyOfRange(matrix.values(), row * matrix.columns(), (row + 1) * matrix.columns());
    }

    @ParameterizedTest
    @EnumSource
    void aRowsOwnTargetChangesNoneOfItsFeatures(TargetStatistics statistics) {
        TableRows rows = crossed(6_000, 1);
        FeatureMatrix honest = fit(statistics, 1, rows, 1).transformTraining(rows);
        assertThat(honest.features()).extracting(Feature::name).contains("one × other (share of 1)");
        SplittableRandom random = new SplittableRandom(1);
        int tried = 0;
        while (tried < 20) {
            int first = random.nextInt(6_000);
            int second = random.nextInt(6_000);
            // Rows that exchange their targets leave the mean of all as it is; only a category of both could tell.
            boolean apart = List.of("one", "other", "noise").stream()
                    .noneMatch(column -> word(rows, column, first).equals(word(rows, column, second)));
            if (!apart || word(rows, "y", first).equals(word(rows, "y", second))) {
                continue;
            }
            TableRows cheated = copy(rows);
            cheated.table().stringColumn("y").set(first, word(rows, "y", second));
            cheated.table().stringColumn("y").set(second, word(rows, "y", first));

            Preprocessor fitted = fit(statistics, 1, cheated, 1);

            FeatureMatrix matrix = fitted.transformTraining(cheated);
            assertThat(row(matrix, first)).containsExactly(row(honest, first));
            assertThat(row(matrix, second)).containsExactly(row(honest, second));
            assertThat(row(fitted.transform(cheated), first)).as("for new rows").isNotEqualTo(row(honest, first));
            tried++;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowThatIsHeldOutChangesNothing(TargetStatistics statistics) {
        TableRows rows = crossed(3_000, 1);
        int[] training = IntStream.range(0, 2_000).toArray();
        Rows learned = new SelectedRows(rows, training);
        Preprocessor preprocessor = fit(statistics, 1, learned, 1);
        TableRows cheated = copy(rows);
        for (int row = 2_000; row < 3_000; row++) {
            cheated.table().stringColumn("y").set(row, word(rows, "y", row).equals("1") ? "0" : "1");
            cheated.table().stringColumn("one").set(row, "never seen");
        }
        Rows same = new SelectedRows(cheated, training);

        Preprocessor other = fit(statistics, 1, same, 1);

        assertThat(other.toJson()).isEqualTo(preprocessor.toJson());
        assertThat(other.transformTraining(same).values())
                .containsExactly(preprocessor.transformTraining(learned).values());
    }

    @Test
    void inARandomOrderOnlyRowsBeforeTell() throws Exception {
        TableRows rows = noise(2_000, 50, 1);
        Preprocessor fitted = fit(TargetStatistics.ORDERED, 0, rows, 1);
        // The order is kept where the preprocessor is read again.
        Preprocessor preprocessor = Preprocessor.fromJson(JSON.readTree(JSON.writeValueAsString(fitted.toJson())));

        FeatureMatrix matrix = preprocessor.transformTraining(rows);

        int column = matrix.features().stream().map(Feature::name).toList().indexOf("noise (share of 1)");
        Map<Float, Integer> counts = new HashMap<>();
        for (int row = 0; row < matrix.rows(); row++) {
            counts.merge(matrix.get(row, column), 1, Integer::sum);
        }
        float prior = (float) IntStream.range(0, 2_000)
                .mapToDouble(row -> TARGET.values(rows.table())[row])
                .average()
                .orElseThrow();
        // The first household with a category sees nothing of it; out of fold each category would have five values.
        assertThat(counts.get(prior)).isGreaterThanOrEqualTo(50);
        assertThat(counts.size()).isGreaterThan(50 * 5);
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfOneGroupSeeNothingOfEachOther(TargetStatistics statistics) {
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
        Preprocessor preprocessor = fit(statistics, 0, grouped, 1);

        FeatureMatrix matrix = preprocessor.transformTraining(grouped);
        int column = matrix.features().stream().map(Feature::name).toList().indexOf("noise (share of 1)");
        double first = matrix.get(0, column);
        for (int i = 0; i < rows; i++) {
            assertThat(matrix.get(i, column)).isEqualTo((float) first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTellingCategoryStaysTelling(TargetStatistics statistics) {
        TableRows rows = new SampleRows(20_000, 1)
                .category("noise", r -> "n" + r.nextInt(200))
                .words("y", ColumnType.CATEGORY, Role.TARGET, r -> "0")
                .build();
        for (int i = 0; i < 20_000; i++) {
            rows.table()
                    .stringColumn("y")
                    .set(i, rows.table().stringColumn("noise").get(i).hashCode() % 2 == 0 ? "1" : "0");
        }
        Preprocessor preprocessor = fit(statistics, 0, rows, 1);

        assertThat(correlation(preprocessor.transformTraining(rows), rows)).isGreaterThan(0.9);
    }
}
