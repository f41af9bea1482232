package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.EnsembleSettings.Kind;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.Tables;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.training.TrainingResult;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings.By;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.evaluation.validation.Folds;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.ensemble.Blend;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyEnsembleTest {
    private static final Target BINARY = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final Target KINDS = new Target("y", Task.MULTICLASS, List.of("a", "b", "c"));
    private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());
    private static final long SEED = 1;

    @Test
    void votingGivesFamiliesEqualWeights() {
        TrainingResult result = train(Kind.VOTING, credit(300), BINARY, 2, "decision_tree", "logistic_regression");
        assertThat(weights(result))
                .containsExactly(Map.entry("decision_tree", 0.5), Map.entry("logistic_regression", 0.5));
        assertThat(members(result)).hasSize(6).allMatch(member -> Math.abs(member.weight() - 1.0 / 6) < 1e-12);
        assertThat(result.summary().scores()).isEmpty();
    }

    @Test
    void baggingIsTheMeanOfOneFamilysModels() {
        TrainingResult result = train(Kind.BAGGING, credit(300), BINARY, 2, "decision_tree");
        assertThat(members(result))
                .hasSize(3)
                .allMatch(member -> member.model().learner().equals("decision_tree"));
        double[] mean = new double[600];
        for (EnsembleModel.Member member : members(result)) {
            double[] given = member.model()
                    .predict(result.preprocessor().transform(credit(300)).columns(member.columns()));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += given[i] / 3;
            }
        }
        assertThat(outputs(result, credit(300))).containsExactly(mean, within(1e-12));
    }

    @Test
    void greedyIsAtLeastAsGoodAsEachFamily() {
        TrainingResult result =
                train(Kind.GREEDY, credit(300), BINARY, 2, "decision_tree", "logistic_regression", "knn");
        Leaderboard board = result.summary().leaderboard();
        assertThat(board.entries()).hasSize(3).allMatch(entry -> entry.score() <= board.score() + 1e-12);
    }

    @Test
    void stackingLearnsWeightsForEachTask() {
        Map<Target, TableRows> tables = Map.of(BINARY, credit(300), KINDS, kinds(300), NUMBER, values(300));
        tables.forEach((target, rows) -> {
            String linear = target == NUMBER ? "linear_regression" : "logistic_regression";
            TrainingResult result = train(Kind.STACKING, rows, target, 2, "decision_tree", linear);
            EnsembleModel model = (EnsembleModel) result.model();
            assertThat(model.blend().kind()).isEqualTo(target == NUMBER ? Blend.Kind.LINEAR : Blend.Kind.LOG);
            assertThat(model.members()).allMatch(member -> member.weight() >= 0);
            Leaderboard board = result.summary().leaderboard();
            // The rows follow the linear family's idea of them.
            assertThat(weights(result).get(linear))
                    .isGreaterThan(weights(result).get("decision_tree"));
            double[] outputs = outputs(result, rows);
            assertThat(outputs).hasSize(300 * target.outputs()).doesNotContain(Double.NaN);
            assertThat(board.entries()).hasSize(2);
        });
    }

    @ParameterizedTest
    @CsvSource({"BAGGING", "VOTING", "GREEDY", "STACKING"})
    void givesTheSameOnAnyNumberOfThreads(Kind kind) {
        String[] families = kind == Kind.BAGGING ? new String[] {"xgboost"} : new String[] {"xgboost", "decision_tree"};
        TrainingResult one = train(kind, credit(200), BINARY, 1, families);
        TrainingResult three = train(kind, credit(200), BINARY, 3, families);
        assertThat(outputs(three, credit(200))).isEqualTo(outputs(one, credit(200)));
        assertThat(three.preprocessor().toJson()).isEqualTo(one.preprocessor().toJson());
        assertThat(three.decision()).isEqualTo(one.decision());
    }

    @Test
    void aFamilyThatKnowsItsRowsByHeartGetsNoWeightForIt() {
        TableRows rows = noise(600, 1);
        TrainingResult result = train(Kind.STACKING, rows, BINARY, 2, "knn", "logistic_regression");
        assertThat(weights(result).get("knn")).isLessThan(0.02);
        TableRows fresh = noise(600, 2);
        double chance = Math.log(2);
        assertThat(logLoss(outputs(result, fresh), fresh)).isLessThan(chance + 0.02);

        // The same with predictions for rows that were learned from: all for the one that knows them.
        FoldData all = data(rows, List.of(everything(600)));
        double[] byHeart = fit(all, rows, "knn").outputs();
        double[] honest = fit(all, rows, "logistic_regression").outputs();
        Stacking leaking = Stacking.fit(List.of(byHeart, honest), all.truth(), BINARY);
        assertThat(leaking.weights()[0]).isGreaterThan(0.2);
        double[] claimed = leaking.blend().begin(byHeart.length);
        leaking.blend().add(claimed, byHeart, leaking.weights()[0]);
        leaking.blend().add(claimed, honest, leaking.weights()[1]);
        leaking.blend().finish(claimed);
        assertThat(logLoss(claimed, rows)).isLessThan(0.05);
    }

    @ParameterizedTest
    @CsvSource({"xgboost", "lightgbm", "knn", "logistic_regression", "extra_trees", "neural_network"})
    void aFoldsModelOwesNothingToTheTargetsThatItHoldsOut(String family) {
        TableRows rows = noise(200, 1);
        List<Fold> folds = Folds.of(new FoldPlan(By.RANDOM, 3, 1, ""), RowKeys.read(rows, BINARY), BINARY, SEED);
        boolean[] held = new boolean[200];
        Arrays.stream(folds.get(1).heldOut()).forEach(row -> held[row] = true);
        TableRows changed = noise(200, 1, row -> held[row]);
        double[] before = fit(data(rows, folds), rows, family).models().get(1).outputs();
        double[] after =
                fit(data(changed, folds), changed, family).models().get(1).outputs();
        assertThat(after).isEqualTo(before);
        assertThat(fit(data(changed, folds), changed, family).models().get(0).outputs())
                .isNotEqualTo(
                        fit(data(rows, folds), rows, family).models().get(0).outputs());
    }

    @Test
    void whereRowsHaveATimeEachFamilyKnowsTheNewestRows() {
        TableRows rows = new Tables(200)
                .number("t", Role.TIME, row -> row)
                .number("a", Role.FEATURE, row -> Tables.random(1, row))
                .number("y", Role.TARGET, row -> Tables.random(1, row) + 0.1 * Tables.random(2, row))
                .rows();
        TrainingResult result = train(Kind.STACKING, rows, NUMBER, 2, "decision_tree", "linear_regression");
        assertThat(members(result)).hasSizeBetween(1, 2).noneMatch(member -> member.model() instanceof EnsembleModel);
        assertThatThrownBy(() -> train(Kind.BAGGING, rows, NUMBER, 2, "decision_tree"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("where rows have a time");
    }

    @ParameterizedTest
    @CsvSource({
        "GREEDY, 'xgboost,xgbost', there is no family",
        "GREEDY, 'svm,svm', is there twice",
        "BAGGING, 'svm,knn', bagging combines the models of one family",
        "STACKING, svm, stacking combines two families or more",
        "VOTING, svm, voting combines two families or more",
        "GREEDY, 'knn,svm', which are knn",
    })
    void refusesWhatCouldNeverWork(Kind kind, String families, String complaint) {
        EnsembleSettings settings = new EnsembleSettings(
                kind, List.of(families), Map.of("logistic_regression", Map.of("penalty", "1")), null);
        assertThatThrownBy(() -> FamilyEnsemble.check(settings))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesAFamilyThatCannotDoTheTask() {
        assertThatThrownBy(() -> train(Kind.VOTING, credit(100), BINARY, 1, "xgboost", "linear_regression"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("'linear_regression' learns regression targets");
    }

    private static TrainingResult train(Kind kind, TableRows rows, Target target, int threads, String... families) {
        EnsembleSettings settings = new EnsembleSettings(kind, List.of(families), Map.of(), 3);
        return new FamilyEnsemble(settings, FeatureSettings.defaults(), TrainSettings.defaults(), SEED, threads)
                .train(rows, target, true, new Quick(), Progress.NONE);
    }

    /** Few rounds, and the nearest row alone. */
    private static final class Quick implements FamilyEnsemble.Hyperparameters {
        private static final Map<String, Map<String, Object>> OTHERS = Map.of(
                "knn", Map.of("neighbours", 1, "smoothing", 0),
                "xgboost", Map.of("rounds", 40),
                "lightgbm", Map.of("rounds", 40),
                "extra_trees", Map.of("trees", 20),
                "neural_network", Map.of("epochs", 5, "width", 16));

        @Override
        public <P extends Record> P of(Learner<P> learner, Task task) {
            return Overlay.on(learner.defaults(task), OTHERS.getOrDefault(learner.name(), Map.of()));
        }
    }

    private static FoldData data(TableRows rows, List<Fold> folds) {
        return new FoldData(rows, RowKeys.read(rows, BINARY), BINARY, folds, balancer(), SEED);
    }

    private static Balancer balancer() {
        TrainSettings train = TrainSettings.defaults();
        return new Balancer(train.imbalance(), train.smote());
    }

    private static Contender fit(FoldData data, TableRows rows, String family) {
        FamilyFit fit = new FamilyFit(data, rows, RowKeys.read(rows, BINARY), balancer(), By.RANDOM, 0.15, SEED);
        return fit.fit(candidate(Learners.named(family)), 2, Progress.NONE);
    }

    private static <P extends Record> Candidate<P> candidate(Learner<P> learner) {
        P parameters = new Quick().of(learner, Task.BINARY);
        return new Candidate<>(learner.name(), learner, parameters, FeatureSettings.defaults(), Integer.MAX_VALUE, 1);
    }

    private static Fold everything(int rows) {
        int[] all = new int[rows];
        Arrays.setAll(all, row -> row);
        return new Fold(0, 0, all, all);
    }

    private static Map<String, Double> weights(TrainingResult result) {
        Map<String, Double> weights = new TreeMap<>();
        result.summary().leaderboard().entries().forEach(entry -> weights.put(entry.name(), entry.weight()));
        return weights;
    }

    private static List<EnsembleModel.Member> members(TrainingResult result) {
        return ((EnsembleModel) result.model()).members();
    }

    private static double[] outputs(TrainingResult result, TableRows rows) {
        return result.model().predict(result.preprocessor().transform(rows));
    }

    private static double logLoss(double[] outputs, TableRows rows) {
        double[] truth = RowKeys.read(rows, BINARY).values();
        double sum = 0;
        for (int row = 0; row < truth.length; row++) {
            sum -= Math.log(outputs[2 * row + (int) truth[row]]);
        }
        return sum / truth.length;
    }

    private static TableRows credit(int count) {
        return new Tables(count)
                .number("income", Role.FEATURE, row -> Tables.random(1, row))
                .category("job", Role.FEATURE, row -> "job" + row % 4)
                .category("y", Role.TARGET, row -> signal(row) > 0.3 ? "yes" : "no")
                .rows();
    }

    private static TableRows kinds(int count) {
        return new Tables(count)
                .number("income", Role.FEATURE, row -> Tables.random(1, row))
                .category("y", Role.TARGET, row -> signal(row) > 0.5 ? "a" : signal(row) > -0.5 ? "b" : "c")
                .rows();
    }

    private static TableRows values(int count) {
        return new Tables(count)
                .number("income", Role.FEATURE, row -> Tables.random(1, row))
                .number("y", Role.TARGET, FamilyEnsembleTest::signal)
                .rows();
    }

    private static double signal(int row) {
        return Tables.random(1, row) + 0.7 * Tables.random(3, row);
    }

    private static TableRows noise(int count, long seed) {
        return noise(count, seed, row -> false);
    }

    /** A target that nothing tells of. */
    private static TableRows noise(int count, long seed, IntPredicate turned) {
        return new Tables(count)
                .number("a", Role.FEATURE, row -> Tables.random(seed, row))
                .number("b", Role.FEATURE, row -> Tables.random(seed + 10, row))
                .category("y", Role.TARGET, row -> Tables.random(seed + 20, row) > 0 != turned.test(row) ? "yes" : "no")
                .rows();
    }
}
