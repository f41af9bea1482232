package io.mlops.pipeline.evaluation.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.features.SelectionSettings.Criterion;
import io.mlops.pipeline.features.SelectionSettings.Method;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.progress.Progress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Selects among columns that say nothing of the target, which must not look as if they did. */
class SelectionLeakTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final int ROWS = 300;
    private static final int COLUMNS = 1_000;

    private static final SelectionSettings TEN =
            new SelectionSettings(Method.INFORMATION, Criterion.CMIM, 10.0, 20, 0.05, 0.8, 0.75);

    @Test
    void noiseStaysNoiseThoughTheBestOfAThousandColumnsAreChosen() {
        TrainingResult inside = train(noise(all()), TEN);
        SelectionSummary selection = inside.summary().selection();
        assertThat(selection.kept()).isEqualTo(10);
        assertThat(auc(inside)).isBetween(0.4, 0.6);
        assertThat(selection.selected().mean()).isBetween(0.4, 0.6);

        // What it would look like if the folds were cut after the selection.
        Set<String> chosen = selection.columns().stream()
                .filter(SelectionSummary.Column::kept)
                .map(SelectionSummary.Column::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(auc(train(noise(chosen), SelectionSettings.defaults()))).isGreaterThan(0.65);
    }

    private static Set<String> all() {
        return IntStream.range(0, COLUMNS).mapToObj(column -> "c" + column).collect(Collectors.toSet());
    }

    private static TableRows noise(Set<String> chosen) {
        Tables tables = new Tables(ROWS);
        for (int column = 0; column < COLUMNS; column++) {
            int seed = 10 + column;
            if (chosen.contains("c" + column)) {
                tables.number("c" + column, Role.FEATURE, row -> Math.signum(Tables.random(seed, row)));
            }
        }
        return tables.category("y", Role.TARGET, row -> Tables.random(1, row) > 0 ? "yes" : "no")
                .rows();
    }

    private static double auc(TrainingResult result) {
        return result.summary().scores().get("auc").mean();
    }

    private static TrainingResult train(TableRows rows, SelectionSettings select) {
        return train(Learners.named("logistic_regression"), rows, select);
    }

    private static <P extends Record> TrainingResult train(
            Learner<P> learner, TableRows rows, SelectionSettings select) {
        return new Training<>(
                        learner,
                        learner.defaults(Task.BINARY),
                        FeatureSettings.defaults().withSelect(select),
                        TrainingTest.settings(5, 1, Imbalance.NONE),
                        1,
                        2)
                .train(rows, BINARY, null, Progress.NONE);
    }
}
