package io.mlops.pipeline.evaluation.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.features.SelectionSettings.Criterion;
import io.mlops.pipeline.features.SelectionSettings.Method;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.xgboost.Xgboost;
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

    @Test
    void nothingOfAHeldOutRowReachesTheSelectionOrThePredictionsOfOthers() {
        for (Method method : List.of(Method.GAIN, Method.SHADOW, Method.PERMUTATION, Method.INFORMATION)) {
            SelectionSettings select = new SelectionSettings(method, Criterion.MRMR, null, 8, 0.05, 0.8, 0.75);
            TableRows rows = changed(-1);
            RowKeys keys = RowKeys.read(rows, BINARY);
            Fold fold = Folds.of(
                            FoldPlan.of(keys, BINARY, new CrossValidationSettings(5, 1, By.RANDOM), 1), keys, BINARY, 1)
                    .get(2);
            FoldOutcome<?> before = fit(new Xgboost(), rows, keys, fold, select);
            FoldOutcome<?> after = fit(new Xgboost(), changed(fold.heldOut()[4]), keys, fold, select);
            assertThat(after.selection()).as("%s", method).isEqualTo(before.selection());
            double[] outputs = after.outputs().clone();
            System.arraycopy(before.outputs(), 8, outputs, 8, 2);
            assertThat(outputs).as("%s", method).isEqualTo(before.outputs());
        }
    }

    /** Something to learn, with one row made outrageous. */
    private static TableRows changed(int outrageous) {
        return new Tables(ROWS)
                .number(
                        "a",
                        Role.FEATURE,
                        row -> row == outrageous ? 1e9 : Tables.random(1, row) + Tables.random(2, row))
                .number("b", Role.FEATURE, row -> row == outrageous ? Double.NaN : Tables.random(3, row))
                .category("c", Role.FEATURE, row -> row == outrageous ? "new" : "c" + row % 5)
                .category("y", Role.TARGET, row -> Tables.random(1, row) > 0 ? "yes" : "no")
                .rows();
    }

    private static <P extends Record> FoldOutcome<P> fit(
            Learner<P> learner, TableRows rows, RowKeys keys, Fold fold, SelectionSettings select) {
        return new FoldFit<>(
                        learner,
                        learner.defaults(Task.BINARY),
                        FeatureSettings.defaults().withSelect(select),
                        rows,
                        keys,
                        BINARY,
                        new Balancer(Imbalance.NONE, SmoteSettings.defaults()),
                        By.RANDOM,
                        0.15,
                        0,
                        1)
                .fit(fold, 1);
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
