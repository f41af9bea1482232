package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.training.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreprocessorUnionTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));

    private final TableRows rows = new Tables(200)
            .number("a", Role.FEATURE, row -> row % 7 == 0 ? Double.NaN : Tables.random(1, row))
            .category("c", Role.FEATURE, row -> "c" + row % 3)
            .category("many", Role.FEATURE, row -> "m" + row % 40)
            .category("y", Role.TARGET, row -> row % 3 == 0 ? "yes" : "no")
            .rows();

    @Test
    void everyPartFindsItsOwnNumbers() {
        List<Preprocessor> parts = parts();
        PreprocessorUnion union = PreprocessorUnion.of(parts);
        FeatureMatrix all = union.preprocessor().transform(rows);
        assertThat(all.features().stream().map(Feature::name)).doesNotHaveDuplicates();
        for (int i = 0; i < parts.size(); i++) {
            assertThat(all.columns(union.columns().get(i)).values())
                    .isEqualTo(parts.get(i).transform(rows).values());
        }
    }

    @Test
    void whatSeveralPartsComputeIsComputedOnce() {
        Preprocessor tree = parts().get(0);
        PreprocessorUnion union = PreprocessorUnion.of(List.of(tree, tree));
        assertThat(union.preprocessor().features()).isEqualTo(tree.features());
        assertThat(union.columns().get(1)).isEqualTo(union.columns().get(0));
        int sum = parts().stream().mapToInt(part -> part.features().size()).sum();
        assertThat(PreprocessorUnion.of(parts()).preprocessor().features()).hasSizeLessThan(sum);
    }

    @Test
    void goesToJsonAndBack() {
        Preprocessor union = PreprocessorUnion.of(parts()).preprocessor();
        Preprocessor read = Preprocessor.fromJson(union.toJson());
        assertThat(read.toJson()).isEqualTo(union.toJson());
        assertThat(read.transform(rows).values())
                .isEqualTo(union.transform(rows).values());
    }

    private List<Preprocessor> parts() {
        List<Preprocessor> parts = new ArrayList<>();
        for (View view : View.values()) {
            for (int half = 0; half < 2; half++) {
                int from = half * 100;
                Rows chosen =
                        new SelectedRows(rows, IntStream.range(from, from + 100).toArray());
                parts.add(Preprocessor.fit(FeatureSettings.defaults(), view, chosen, TARGET, 1));
            }
        }
        return parts;
    }
}
