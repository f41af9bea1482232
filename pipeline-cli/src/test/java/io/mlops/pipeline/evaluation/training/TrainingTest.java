package io.mlops.pipeline.evaluation.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.calibration.CalibrationMethod;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.xgboost.Xgboost;
import io.mlops.pipeline.progress.Progress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());

    @Test
    void findsWhatThereIsToLearnAndWhatItCameFrom() {
        TrainingResult result = train(credit(600), BINARY, settings(5, 1, Imbalance.NONE), 2);
        TrainingSummary summary = result.summary();
        assertThat(summary.folds()).hasSize(5);
        assertThat(summary.scores().get("auc").mean()).isGreaterThan(0.85);
        assertThat(summary.permutation().get(0).column()).isEqualTo("income");
        assertThat(summary.permutation().get(0).mean()).isGreaterThan(0.1);
        assertThat(summary.planInWords()).isEqualTo("5 folds, stratified by the target (as set)");
        assertThat((int) summary.parameters().get("rounds")).isBetween(5, 300);
        assertThat(result.outOfFold().numbers()).hasSize(600);
        assertThat(result.decision().threshold()).isEqualTo(summary.threshold().threshold());
        double[] outputs = result.model().predict(result.preprocessor().transform(credit(600)));
        assertThat(outputs).hasSize(1200);
        assertThat(summary.curves()).isNotEmpty();
    }

    @Test
    void givesTheSameOnAnyNumberOfThreads() {
        TableRows rows = credit(400);
        TrainingResult one = train(rows, BINARY, settings(3, 2, Imbalance.SMOTE), 1);
        TrainingResult four = train(rows, BINARY, settings(3, 2, Imbalance.SMOTE), 4);
        assertThat(four.outOfFold().outputs()).isEqualTo(one.outOfFold().outputs());
        assertThat(four.decision()).isEqualTo(one.decision());
        assertThat(four.summary().scores()).isEqualTo(one.summary().scores());
        assertThat(four.summary().permutation()).isEqualTo(one.summary().permutation());
        double[] outputs = one.model().predict(one.preprocessor().transform(rows));
        assertThat(four.model().predict(four.preprocessor().transform(rows))).isEqualTo(outputs);
    }

    @Test
    void goesToJsonAndBack() throws Exception {
        ObjectMapper json = new ObjectMapper();
        TrainingResult result = train(credit(300), BINARY, settings(3, 1, Imbalance.CLASS_WEIGHTS), 2);
        String written = json.writeValueAsString(result.summary());
        TrainingSummary read = json.readValue(written, TrainingSummary.class);
        assertThat(json.writeValueAsString(read)).isEqualTo(written);
        assertThat(read.scores()).isEqualTo(result.summary().scores());
        String predictions = json.writeValueAsString(result.outOfFold());
        assertThat(json.readValue(predictions, OutOfFoldPredictions.class).outputs())
                .isEqualTo(result.outOfFold().outputs());
    }

    @Test
    void fallsBackWithoutCrossValidation() {
        TableRows rows = credit(500);
        Preprocessor fitted = Preprocessor.fit(FeatureSettings.defaults(), View.TREE, rows, BINARY, 1);
        Learner<?> learner = new Xgboost();
        TrainingResult stopped = run(learner, rows, BINARY, settings(0, 1, Imbalance.NONE), 1, fitted);
        assertThat(stopped.preprocessor()).isSameAs(fitted);
        assertThat(stopped.summary().folds()).isEmpty();
        assertThat(stopped.summary().notes().get(0)).contains("no cross-validation: folds is 0");
        assertThat(stopped.summary().notes().get(1)).contains("the slice that decided when boosting stopped");
        assertThat(stopped.summary().threshold().threshold()).isNotEqualTo(0.5);
        TrainingResult fixed =
                run(new io.mlops.pipeline.model.Baseline(), rows, BINARY, settings(0, 1, Imbalance.NONE), 1, null);
        assertThat(fixed.decision()).isEqualTo(Decision.defaults());
        assertThat(fixed.calibration()).isEqualTo(new Calibration.None());
        assertThat(fixed.summary().notes()).anyMatch(note -> note.contains("not calibrated"));
    }

    @Test
    void learnsANumber() {
        TableRows rows = new Tables(400)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .number("b", Role.FEATURE, row -> Tables.random(2, row))
                .number("y", Role.TARGET, row -> 3 * Tables.random(1, row) + 0.1 * Tables.random(3, row))
                .rows();
        TrainingResult result = train(rows, NUMBER, settings(4, 1, Imbalance.SMOTE), 2);
        assertThat(result.summary().scores().get("r2").mean()).isGreaterThan(0.9);
        assertThat(result.summary().threshold()).isNull();
        assertThat(result.calibration()).isEqualTo(new Calibration.None());
        assertThat(result.summary().permutation().get(0).column()).isEqualTo("a");
    }

    @Test
    void validatesForwardInTime() {
        TableRows rows = new Tables(360)
                .number("t", Role.TIME, row -> row)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .category("y", Role.TARGET, row -> Tables.random(1, row) > 0 ? "yes" : "no")
                .rows();
        TrainingResult result = train(rows, BINARY, settings(5, 1, Imbalance.NONE), 2);
        assertThat(result.summary().folds().stream().map(FoldScore::trainingRows))
                .containsExactly(60, 120, 180, 240, 300);
        assertThat(result.outOfFold().numbers()).hasSize(300);
    }

    @Test
    void refusesATaskTheFamilyCannotDo() {
        Learner<?> classifier = io.mlops.pipeline.model.catalog.Learners.all().stream()
                .filter(learner -> !learner.tasks().contains(Task.REGRESSION))
                .findFirst()
                .orElse(null);
        if (classifier != null) {
            assertThatThrownBy(() -> run(classifier, credit(100), NUMBER, TrainSettings.defaults(), 1, null))
                    .hasMessageContaining(classifier.name());
        }
    }

    static TableRows credit(int rows) {
        return new Tables(rows)
                .number("income", Role.FEATURE, row -> row % 11 == 5 ? Double.NaN : 1000 + 300 * Tables.random(1, row))
                .number("noise", Role.FEATURE, row -> Tables.random(2, row))
                .category("purpose", Role.FEATURE, row -> List.of("car", "house", "other")
                        .get(row % 3))
                .category(
                        "y",
                        Role.TARGET,
                        row -> 1.5 * Tables.random(1, row) + (row % 3 == 0 ? 0.8 : 0) + 0.5 * Tables.random(4, row)
                                        > 1.2
                                ? "yes"
                                : "no")
                .rows();
    }

    static TrainSettings settings(int folds, int repeats, Imbalance imbalance) {
        return new TrainSettings(
                "xgboost",
                Map.of(),
                Tuned.NONE,
                new CrossValidationSettings(folds, repeats, By.AUTO),
                imbalance,
                SmoteSettings.defaults(),
                ThresholdSettings.defaults(),
                Map.of(),
                CalibrationMethod.AUTO,
                0.15,
                500,
                null,
                null);
    }

    private static TrainingResult train(TableRows rows, Target target, TrainSettings settings, int threads) {
        return run(new Xgboost(), rows, target, settings, threads, null);
    }

    private static <P extends Record> TrainingResult run(
            Learner<P> learner,
            TableRows rows,
            Target target,
            TrainSettings settings,
            int threads,
            Preprocessor fitted) {
        return new Training<>(
                        learner, learner.defaults(target.task()), FeatureSettings.defaults(), settings, 1, threads)
                .train(rows, target, fitted, Progress.NONE);
    }
}
