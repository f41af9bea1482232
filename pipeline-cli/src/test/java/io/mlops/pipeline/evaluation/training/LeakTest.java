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
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.xgboost.Xgboost;
import io.mlops.pipeline.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tries to cheat in every way there is and must not succeed. */
class LeakTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final int ROWS = 300;

    /** Enough that a weight learned from noise stays small. */
    private static final int NOISE_ROWS = 2_000;

    private static final List<Learner<?>> FAMILIES = Learners.all().stream()
            .filter(learner -> Set.of("xgboost", "logistic_regression").contains(learner.name()))
            .toList();

    @Test
    void aColumnThatGivesTheTargetAwayOnHeldOutRowsOnlyHelpsNobody() {
        RowKeys keys = RowKeys.read(noise(row -> false), BINARY);
        Fold fold = folds(keys).get(0);
        Set<Integer> heldOut = Arrays.stream(fold.heldOut()).boxed().collect(Collectors.toSet());
        for (Learner<?> learner : FAMILIES) {
            double[] cheating = outputs(learner, noise(heldOut::contains), fold, Imbalance.NONE);
            assertThat(logLoss(cheating, fold, keys)).as(learner.name()).isGreaterThan(0.6);
            double[] givenAway = outputs(learner, noise(row -> true), fold, Imbalance.NONE);
            assertThat(logLoss(givenAway, fold, keys))
                    .as("%s, where training rows give it away too", learner.name())
                    .isLessThan(0.1);
        }
    }

    @Test
    void categoriesThatNameSingleRowsTellNothingAboutOthers() {
        TableRows rows = new Tables(600)
                .category("id", Role.FEATURE, row -> "c" + row / 3)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .category("y", Role.TARGET, row -> Tables.random(2, row) > 0 ? "yes" : "no")
                .rows();
        assertThat(crossValidated(rows, Imbalance.NONE)).isBetween(0.4, 0.6);
    }

    @Test
    void madeUpRowsHaveNoNeighboursInOtherFolds() {
        TableRows rows = new Tables(600)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .number("b", Role.FEATURE, row -> Tables.random(2, row))
                .category("y", Role.TARGET, row -> row % 8 == 0 ? "yes" : "no")
                .rows();
        assertThat(crossValidated(rows, Imbalance.SMOTE)).isBetween(0.38, 0.62);
        assertThat(crossValidated(rows, Imbalance.BORDERLINE_SMOTE)).isBetween(0.38, 0.62);
    }

    @Test
    void nothingOfAHeldOutRowReachesThePredictionsOfOthers() {
        for (Learner<?> learner : FAMILIES) {
            for (Imbalance imbalance : List.of(Imbalance.NONE, Imbalance.SMOTE)) {
                TableRows rows = changed(row -> false);
                Fold fold = folds(RowKeys.read(rows, BINARY)).get(2);
                int changed = fold.heldOut()[4];
                double[] before = outputs(learner, rows, fold, imbalance);
                double[] after = outputs(learner, changed(row -> row == changed), fold, imbalance);
                after[8] = before[8];
                after[9] = before[9];
                assertThat(after).as(learner.name() + " " + imbalance).isEqualTo(before);
            }
        }
    }

    @Test
    void theFutureReachesNoPrediction() {
        TableRows rows = timed(Integer.MAX_VALUE);
        RowKeys keys = RowKeys.read(rows, BINARY);
        List<Fold> folds = Folds.of(FoldPlan.of(keys, BINARY, CrossValidationSettings.defaults(), 1), keys, BINARY, 1);
        Fold fold = folds.get(2);
        int newest = Arrays.stream(fold.heldOut()).max().orElseThrow();
        double[] before = outputs(new Xgboost(), rows, fold, Imbalance.SMOTE);
        assertThat(outputs(new Xgboost(), timed(newest), fold, Imbalance.SMOTE)).isEqualTo(before);
    }

    /** Noise, with a column that is the target where it is given away and noise elsewhere. */
    private static TableRows noise(IntPredicate givenAway) {
        return new Tables(NOISE_ROWS)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .number(
                        "leak",
                        Role.FEATURE,
                        row -> givenAway.test(row) ? (positive(row) ? 3 : -3) : 3 * Tables.random(5, row))
                .category("y", Role.TARGET, row -> positive(row) ? "yes" : "no")
                .rows();
    }

    private static boolean positive(int row) {
        return Tables.random(2, row) > 0.3;
    }

    /** Something to learn, with rows made outrageous: an outlier, a missing value, a new category. */
    private static TableRows changed(IntPredicate outrageous) {
        return new Tables(ROWS)
                .number(
                        "a",
                        Role.FEATURE,
                        row -> outrageous.test(row) ? 1e9 : Tables.random(2, row) + Tables.random(1, row))
                .number("b", Role.FEATURE, row -> outrageous.test(row) ? Double.NaN : Tables.random(3, row))
                .category("c", Role.FEATURE, row -> outrageous.test(row) ? "new" : "c" + row % 5)
                .category("y", Role.TARGET, row -> positive(row) ? "yes" : "no")
                .rows();
    }

    /** Rows of which all after the given one are turned round. */
    private static TableRows timed(int last) {
        return new Tables(ROWS)
                .number("t", Role.TIME, row -> row)
                .number(
                        "a",
                        Role.FEATURE,
                        row -> (row > last ? -5 : 1) * (Tables.random(2, row) + Tables.random(1, row)))
                .category("c", Role.FEATURE, row -> row > last ? "later" : "c" + row % 5)
                .category("y", Role.TARGET, row -> positive(row) != row > last ? "yes" : "no")
                .rows();
    }

    private static List<Fold> folds(RowKeys keys) {
        return Folds.of(FoldPlan.of(keys, BINARY, new CrossValidationSettings(5, 1, By.RANDOM), 1), keys, BINARY, 1);
    }

    private static <P extends Record> double[] outputs(
            Learner<P> learner, TableRows rows, Fold fold, Imbalance imbalance) {
        FoldFit<P> fit = new FoldFit<>(
                learner,
                learner.defaults(Task.BINARY),
                FeatureSettings.defaults(),
                rows,
                RowKeys.read(rows, BINARY),
                BINARY,
                new Balancer(imbalance, SmoteSettings.defaults()),
                rows.schema().names(Role.TIME).isEmpty() ? By.RANDOM : By.TIME,
                0.15,
                0,
                1);
        return fit.fit(fold, 1).outputs();
    }

    private static double crossValidated(TableRows rows, Imbalance imbalance) {
        Learner<?> learner = new Xgboost();
        return train(learner, rows, imbalance).summary().scores().get("auc").mean();
    }

    private static <P extends Record> TrainingResult train(Learner<P> learner, TableRows rows, Imbalance imbalance) {
        return new Training<>(
                        learner,
                        learner.defaults(Task.BINARY),
                        FeatureSettings.defaults(),
                        TrainingTest.settings(5, 1, imbalance),
                        1,
                        2)
                .train(rows, BINARY, null, Progress.NONE);
    }

    private static double logLoss(double[] outputs, Fold fold, RowKeys keys) {
        double sum = 0;
        for (int i = 0; i < fold.heldOut().length; i++) {
            sum -= Math.log(outputs[2 * i + (int) keys.values()[fold.heldOut()[i]]]);
        }
        return sum / fold.heldOut().length;
    }
}
