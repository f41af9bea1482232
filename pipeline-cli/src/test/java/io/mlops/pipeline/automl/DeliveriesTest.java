package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.model.tribuo.LogisticRegression;
import io.mlops.pipeline.model.xgboost.Xgboost;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family whose models are known to take 5 milliseconds for a row, beside one that takes a few microseconds. */
class DeliveriesTest {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final double SLOW = 5000;
    private static final int FOLDS = 4;
    private static final TableRows ROWS = new Tables(150)
            .number("a", Role.FEATURE, row -> Tables.random(1, row))
            .number("b", Role.FEATURE, row -> Tables.random(2, row))
            .category("y", Role.TARGET, row -> Tables.random(1, row) * Tables.random(2, row) > 0 ? "yes" : "no")
            .rows();

    @TempDir
    Path folder;

    @BeforeEach
    void file() throws IOException {
        Files.writeString(folder.resolve("file"), "not a folder");
    }

    @Test
    void withoutALimitAllIsDeliveredAndTheCurveShowsWhatFewerModelsWouldTake() {
        Delivery delivery = delivery(null, Deadline.none());
        LatencyCurve curve = delivery.curve();
        assertThat(curve).isNotNull();
        assertThat(curve.limit()).isNull();
        assertThat(curve.delivered().microseconds()).isGreaterThan(FOLDS * SLOW);
        assertThat(curve.points().get(0).microseconds()).isLessThan(SLOW);
        assertThat(curve.points().get(0).names()).containsExactly("logistic_regression");
        LatencyCurve.Point last = curve.points().get(curve.points().size() - 1);
        assertThat(last.names()).contains("xgboost");
        assertThat(last.microseconds()).isBetween(SLOW, FOLDS * SLOW);
        assertThat(last.score()).isLessThan(curve.points().get(0).score());
        assertThat(delivery.notes()).isEmpty();
    }

    @Test
    void aSlowFamilyIsLeftOutWhereTheLimitIsShort() {
        Delivery delivery = delivery(SLOW / 2, Deadline.none());
        LatencyCurve.Point delivered = delivery.curve().delivered();
        assertThat(delivered.names()).containsExactly("logistic_regression");
        assertThat(delivered.microseconds()).isLessThan(SLOW / 2);
        assertThat(delivered.models()).as("there is time for all folds").isEqualTo(FOLDS);
        assertThat(delivery.notes())
                .singleElement()
                .asString()
                .contains("microseconds (limit 2500), with logistic_regression");
    }

    @Test
    void whereThereIsTimeForFewModelsOfASlowFamilyOneIsFittedOnAllRows() {
        Delivery delivery = delivery(2.7 * SLOW, Deadline.none());
        LatencyCurve.Point delivered = delivery.curve().delivered();
        assertThat(delivered.names()).contains("xgboost");
        assertThat(delivered.models()).isEqualTo(delivered.names().size());
        assertThat(members(delivery))
                .noneMatch(delivery.ensemble().members().stream()
                        .flatMap(share -> share.models().stream())
                        .map(FoldModel::model)
                        .toList()::contains);
    }

    @Test
    void whereThereIsNoTimeToFitAFoldsModelStandsIn() {
        Delivery delivery = delivery(1.7 * SLOW, Deadline.after(Duration.ZERO));
        LatencyCurve.Point delivered = delivery.curve().delivered();
        assertThat(delivered.names()).contains("xgboost");
        assertThat(members(delivery))
                .hasSameSizeAs(delivered.names())
                .allMatch(delivery.ensemble().members().stream()
                        .flatMap(share -> share.models().stream())
                        .map(FoldModel::model)
                        .toList()::contains);
    }

    @Test
    void whereThereIsTimeForSomeFoldsTheirModelsAreAsked() {
        Delivery delivery = delivery(3.7 * SLOW, Deadline.none());
        LatencyCurve.Point delivered = delivery.curve().delivered();
        assertThat(delivered.names()).contains("xgboost");
        assertThat(delivered.models()).isEqualTo(3 * delivered.names().size());
        assertThat(delivered.microseconds()).isBetween(3 * SLOW, 3.7 * SLOW);
    }

    @Test
    void whereNoModelIsFastEnoughTheFastestIsTakenWithBothNumbers() {
        Delivery delivery = delivery(0.01, Deadline.none());
        LatencyCurve.Point delivered = delivery.curve().delivered();
        assertThat(delivered.names()).containsExactly("logistic_regression");
        assertThat(delivered.models()).isEqualTo(1);
        assertThat(delivered.microseconds()).isGreaterThan(0.01);
        assertThat(delivery.notes()).hasSize(1);
        String note = delivery.notes().get(0);
        assertThat(note).contains("no model predicts a row within 0.01 microseconds", "logistic_regression, takes");
        String takes = note.substring(note.lastIndexOf(' ') + 1);
        assertThat(Double.parseDouble(takes)).isCloseTo(delivered.microseconds(), withinPercentage(1));
    }

    private static List<TrainedModel> members(Delivery delivery) {
        return ((EnsembleModel) delivery.assembled().model())
                .members().stream().map(EnsembleModel.Member::model).toList();
    }

    private Delivery delivery(Double limit, Deadline deadline) {
        // Nothing can be kept below a file, and a model read from disk would not be slow.
        Checkpoints inMemory = new Checkpoints(folder.resolve("file/below"), TARGET);
        RowKeys keys = RowKeys.read(ROWS, TARGET);
        FoldPlan plan = FoldPlan.of(keys, TARGET, new CrossValidationSettings(FOLDS, 1, By.RANDOM), 2);
        Balancer balancer = new Balancer(Imbalance.NONE, SmoteSettings.defaults());
        FoldData data = new FoldData(ROWS, keys, TARGET, Folds.of(plan, keys, TARGET, 1), balancer, 1);
        List<Candidate<?>> candidates =
                List.of(candidate(new LogisticRegression()), candidate(new Slow<>(new Xgboost(), SLOW)));
        Search.Result found = new Search(
                        data,
                        Metric.LOG_LOSS,
                        candidates,
                        new Proposals(candidates, Task.BINARY, ROWS.table().rowCount(), 1),
                        candidates.size(),
                        Deadline.none(),
                        FitSlots.of(1),
                        inMemory,
                        Budget.of(AutomlSettings.defaults(), 0),
                        Progress.NONE)
                .run();
        Refit refit = new Refit(new SearchRows(ROWS, keys, null, null), TARGET, balancer, 1, 1, data.selections());
        return new Deliveries(data, false, refit, deadline).timed(found.ensemble(), Metric.LOG_LOSS, limit);
    }

    private static <P extends Record> Candidate<P> candidate(Learner<P> learner) {
        return new Candidate<>(
                learner.name(),
                learner,
                learner.defaults(Task.BINARY),
                FeatureSettings.defaults(),
                Integer.MAX_VALUE,
                1);
    }
}
