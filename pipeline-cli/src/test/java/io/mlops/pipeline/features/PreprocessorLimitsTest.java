package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.PipelineException.Kind;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.ColumnFeatures.StepName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens at the edges: too many columns or categories, nothing to learn from, settings that do not fit. */
class PreprocessorLimitsTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("0", "1"));

    private static SampleRows rows(int rows) {
        return new SampleRows(rows, 1).words("y", ColumnType.CATEGORY, Role.TARGET, r -> r.nextBoolean() ? "1" : "0");
    }

    private static Preprocessor fit(FeatureSettings settings, View view, TableRows rows) {
        return Preprocessor.fit(settings, view, rows, TARGET, 1);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void fitsAColumnWithHundredsOfThousandsOfCategories(View view) {
        int[] next = new int[1];
        TableRows rows = rows(300_000)
                .category("id", r -> r.nextInt(5) == 0 ? "often" : "id" + next[0]++)
                .number("x", r -> r.nextGaussian())
                .build();

        Preprocessor preprocessor = fit(FeatureSettings.defaults(), view, rows);

        assertThat(preprocessor.features()).hasSizeLessThan(10);
        assertThat(preprocessor.toJson().toString().length()).isLessThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void fitsTenThousandColumns(View view) {
        SampleRows sample = rows(40);
        for (int i = 0; i < 9_000; i++) {
            sample.number("n" + i, r -> r.nextGaussian());
        }
        for (int i = 0; i < 1_000; i++) {
            sample.category("c" + i, r -> "v" + r.nextInt(4));
        }
        TableRows rows = sample.build();

        Preprocessor preprocessor = fit(FeatureSettings.defaults(), view, rows);

        assertThat(preprocessor.transformTraining(rows).rows()).isEqualTo(40);
        assertThat(preprocessor.inputs()).hasSizeBetween(9_900, 10_000);
    }

    @Test
    void refusesATableInWhichNothingVaries() {
        TableRows rows = rows(50).number("same", r -> 1.0)
                .number("gone", r -> Double.NaN)
                .category("word", r -> "a")
                .build();

        assertThatThrownBy(() -> fit(FeatureSettings.defaults(), View.TREE, rows))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                .hasMessageContaining("'same' is constant")
                .hasMessageContaining("'gone' is entirely missing");
    }

    @Test
    void reportsAllSettingsThatDoNotFitTheTable() {
        TableRows rows = rows(50).number("x", r -> r.nextGaussian()).build();
        FeatureSettings settings = settings(
                Map.of("nowhere", steps(StepName.DROP), "x", steps(StepName.ONE_HOT), "y", steps(StepName.CODES)));

        assertThatThrownBy(() -> fit(settings, View.TREE, rows))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
                .hasMessageContaining("features.columns.nowhere")
                .hasMessageContaining("cannot have the step one_hot")
                .hasMessageContaining("features.columns.y");
    }

    @Test
    void givesAColumnTheStepsTheUserChose() {
        TableRows rows = rows(200)
                .category("size", r -> List.of("small", "large", "medium").get(r.nextInt(3)))
                .category("gone", r -> "v" + r.nextInt(3))
                .number("x", r -> r.nextGaussian())
                .build();
        ColumnFeatures order = new ColumnFeatures(
                List.of(),
                List.of("small", "medium", "large"),
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

        Preprocessor preprocessor = fit(settings(Map.of("size", order, "gone", steps(StepName.DROP))), View.TREE, rows);

        assertThat(preprocessor.features()).extracting(Feature::name).containsExactly("size (order)", "x");
        assertThat(preprocessor.dropped()).containsEntry("gone", "dropped by the configuration");
        FeatureMatrix matrix = preprocessor.transform(rows);
        for (int row = 0; row < 200; row++) {
            assertThat(matrix.get(row, 0))
                    .isEqualTo(List.of("small", "medium", "large")
                            .indexOf(rows.table().stringColumn("size").get(row)));
        }
    }

    @Test
    void refusesJsonThatIsNoPreprocessorOrDamaged() {
        TableRows rows = rows(50).number("x", r -> r.nextGaussian()).build();
        ObjectNode good =
                (ObjectNode) fit(FeatureSettings.defaults(), View.LINEAR, rows).toJson();

        ObjectNode newer = good.deepCopy().put("version", 99);
        ObjectNode without = good.deepCopy();
        without.remove("blocks");
        ObjectNode wrong = good.deepCopy();
        ((ObjectNode) wrong.path("blocks").get(0).path("steps").get(0)).put("step", "no_such_step");

        for (ObjectNode each : List.of(new ObjectMapper().createObjectNode(), newer, without, wrong)) {
            assertThatThrownBy(() -> Preprocessor.fromJson(each))
                    .isInstanceOfSatisfying(
                            PipelineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA));
        }
    }

    private static ColumnFeatures steps(StepName... steps) {
        return new ColumnFeatures(
                List.of(steps), List.of(), null, null, null, null, null, null, null, null, null, null, null);
    }

    private static FeatureSettings settings(Map<String, ColumnFeatures> columns) {
        FeatureSettings defaults = FeatureSettings.defaults();
        return new FeatureSettings(defaults.tree(), defaults.linear(), defaults.neural(), columns, defaults.select());
    }
}
