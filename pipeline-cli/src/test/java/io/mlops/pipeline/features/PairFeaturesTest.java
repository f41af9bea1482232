package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.ViewSettings.TargetStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Features of two columns, and further ones of a category. */
class PairFeaturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Target TARGET = new Target("y", Task.REGRESSION, List.of());

    /** The target depends on a ratio, a cross and the distance from a group's mean, and on nothing by itself. */
    private static TableRows rows(int count, long seed) {
        TableRows rows = new SampleRows(count, seed)
                .number("income", r -> r.nextInt(20) == 0 ? Double.NaN : 1 + 9 * r.nextDouble())
                .number("debt", r -> 1 + 9 * r.nextDouble())
                .category("colour", r -> List.of("red", "blue", "").get(r.nextInt(3)))
                .category("shape", r -> "s" + r.nextInt(4))
                .category("city", r -> "c" + r.nextInt(30))
                .number("rent", r -> r.nextBoolean() ? 50.0 : -50.0)
                .target(r -> r.nextGaussian() / 4)
                .build();
        Table table = rows.table();
        DoubleColumn rents = table.doubleColumn("rent");
        for (int row = 0; row < count; row++) {
            double ratio = table.doubleColumn("income").getDouble(row)
                    / table.doubleColumn("debt").getDouble(row);
            boolean red = table.stringColumn("colour").get(row).equals("red");
            boolean both = red == table.stringColumn("shape").get(row).compareTo("s2") < 0;
            double distance = rents.getDouble(row);
            table.doubleColumn("y")
                    .set(
                            row,
                            table.doubleColumn("y").getDouble(row)
                                    + (ratio > 1 ? 1 : -1)
                                    + (both ? 1 : -1)
                                    + distance / 50);
            rents.set(
                    row,
                    distance
                            + 1000
                                    * Math.sin(
                                            table.stringColumn("city").get(row).hashCode()));
        }
        return rows;
    }

    private static FeatureSettings settings(TargetStatistics statistics, boolean frequencies, int pairs) {
        ViewSettings view = pairs(ViewSettings.treeDefaults(), statistics, frequencies, pairs);
        ViewSettings linear = pairs(ViewSettings.defaults(), statistics, frequencies, pairs);
        FeatureSettings defaults = FeatureSettings.defaults();
        return new FeatureSettings(view, linear, linear, defaults.columns(), defaults.select());
    }

    private static ViewSettings pairs(ViewSettings view, TargetStatistics statistics, boolean frequencies, int pairs) {
        Map<String, Object> changed = JSON.convertValue(view, new TypeReference<>() {});
        changed.putAll(Map.of(
                "targetStatistics",
                statistics,
                "frequencies",
                frequencies,
                "crosses",
                pairs,
                "arithmetic",
                pairs,
                "aggregates",
                pairs));
        return JSON.convertValue(changed, ViewSettings.class);
    }

    private static Preprocessor fit(View view, Rows rows) {
        return Preprocessor.fit(settings(TargetStatistics.OUT_OF_FOLD, true, 1), view, rows, TARGET, 1);
    }

    private static Feature feature(Preprocessor preprocessor, String name) {
        return preprocessor.features().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsThePairsThatTheTargetDependsOnAndNamesTheirColumns() {
        Preprocessor preprocessor = fit(View.TREE, rows(4000, 1));

        List<String> names = preprocessor.features().stream().map(Feature::name).toList();
        assertThat(names)
                .contains("rent − mean by city", "city (mean of rent)")
                .contains("colour (frequency)", "shape (frequency)", "city (frequency)");
        assertThat(names).containsAnyOf("income − debt", "debt − income", "income / debt", "debt / income");
        assertThat(names).containsAnyOf("colour × shape (mean target)", "shape × colour (mean target)");
        assertThat(feature(preprocessor, "rent − mean by city").source()).isEqualTo("rent");
        assertThat(feature(preprocessor, "city (mean of rent)").source()).isEqualTo("city");
        assertThat(preprocessor.inputs())
                .containsAll(
                        preprocessor.features().stream().map(Feature::source).toList());
    }

    @Test
    void makesNoMorePairsThanAreAskedFor() {
        TableRows rows = rows(4000, 1);
        int without = Preprocessor.fit(settings(TargetStatistics.OUT_OF_FOLD, true, 0), View.TREE, rows, TARGET, 1)
                .features()
                .size();

        // One of each kind, and the mean of a group beside the distance from it.
        assertThat(fit(View.TREE, rows).features()).hasSize(without + 4);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void givesTheSameFeaturesOnceWrittenAndReadAndInChunksOfAnySize(View view) throws Exception {
        TableRows rows = rows(3000, 1);
        Preprocessor preprocessor = fit(view, rows);
        Preprocessor read = Preprocessor.fromJson(JSON.readTree(JSON.writeValueAsString(preprocessor.toJson())));
        Preprocessor cut = fit(view, new Cut(rows, 700));

        Table fresh = rows(500, 2).table();
        assertThat(read.features()).isEqualTo(preprocessor.features());
        assertThat(read.toJson()).isEqualTo(preprocessor.toJson());
        assertThat(read.transform(fresh).values())
                .containsExactly(preprocessor.transform(fresh).values());
        assertThat(cut.toJson()).isEqualTo(preprocessor.toJson());
        assertThat(cut.transformTraining(new Cut(rows, 700)).values())
                .containsExactly(preprocessor.transformTraining(rows).values());
    }

    @Test
    void withoutAColumnEveryPairThatItIsPartOfGoes() {
        Preprocessor preprocessor = fit(View.TREE, rows(4000, 1));

        Preprocessor left = preprocessor.without(Map.of("city", "said so", "debt", "said so"));

        assertThat(left.features().stream().map(Feature::name))
                .noneMatch(name -> name.contains("city") || name.contains("debt"))
                .contains("income", "rent");
        assertThat(left.inputs()).doesNotContain("city", "debt");
    }

    @Test
    void aColumnWithStepsOfItsOwnIsNotPaired() {
        FeatureSettings settings = settings(TargetStatistics.OUT_OF_FOLD, false, 5);
        ColumnFeatures number = new ColumnFeatures(
                List.of(ColumnFeatures.StepName.NUMBER),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        FeatureSettings own = new FeatureSettings(
                settings.tree(), settings.linear(), settings.neural(), Map.of("debt", number), settings.select());

        assertThat(Preprocessor.fit(own, View.TREE, rows(4000, 1), TARGET, 1).features())
                .filteredOn(feature -> feature.name().contains("debt"))
                .extracting(Feature::name)
                .containsExactly("debt");
    }

    /** The same rows in smaller chunks. */
    private record Cut(TableRows rows, int size) implements Rows {
        @Override
        public TableSchema schema() {
            return rows.schema();
        }

        @Override
        public long count() {
            return rows.count();
        }

        @Override
        public void forEachChunk(Consumer<Table> consumer) {
            for (int from = 0; from < count(); from += size) {
                consumer.accept(rows.table().inRange(from, Math.min((int) count(), from + size)));
            }
        }
    }
}
