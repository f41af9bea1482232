package io.mlops.pipeline.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.bundle.Explainer.Reason;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ExplainerTest {
    private static final int ROWS = 120;

    /** A number, a category of three and one of many, some cells missing; the number decides most. */
    private static TableRows rows(Target target, long seed) {
        Random random = new Random(seed);
        boolean classes = target.task().isClassification();
        DoubleColumn age = DoubleColumn.create("age");
        StringColumn purpose = StringColumn.create("purpose");
        StringColumn city = StringColumn.create("city");
        DoubleColumn values = DoubleColumn.create("y");
        StringColumn labels = StringColumn.create("y");
        LongColumn number = LongColumn.create("#row");
        LongColumn hash = LongColumn.create("#hash");
        for (int row = 0; row < ROWS; row++) {
            double years = 20 + random.nextInt(50);
            String what = List.of("car", "house", "").get(random.nextInt(3));
            age.append(random.nextInt(9) == 0 ? Double.NaN : years);
            purpose.append(what);
            city.append("city " + random.nextInt(12));
            double signal = years + (what.equals("car") ? 5 : 0) + 10 * random.nextGaussian();
            values.append(signal);
            int count = Math.max(1, target.classes().size());
            int group = (int) Math.max(0, Math.min(count - 1, (signal - 20) * count / 50));
            labels.append(classes ? target.classes().get(group) : "");
            number.append(row + 1L);
            hash.append(random.nextLong());
        }
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("age", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("city", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("y", ColumnSchema.of(classes ? ColumnType.CATEGORY : ColumnType.NUMBER));
        Map<String, Role> roles =
                Map.of("age", Role.FEATURE, "purpose", Role.FEATURE, "city", Role.FEATURE, "y", Role.TARGET);
        Table table = Table.create(age, purpose, city, classes ? labels : values, number, hash);
        return new TableRows(new TableSchema(columns, roles), table);
    }

    private static <P extends Record> Scorer fit(
            Learner<P> learner, Target target, Calibration calibration, Deadline deadline) {
        TableRows rows = rows(target, 1);
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), learner.view(), rows, target, 7);
        TrainingSet training =
                new TrainingSet(preprocessor.transformTraining(rows), target, target.values(rows.table()), null);
        return new Scorer(
                target,
                preprocessor,
                learner.fit(learner.defaults(target.task()), training, null, new FitContext(7, 1, deadline)),
                calibration,
                new Decision(0.4));
    }

    static Stream<Learner<?>> families() {
        return Learners.all().stream();
    }

    @ParameterizedTest
    @MethodSource("families")
    void reasonsAndBaseAreThePrediction(Learner<?> learner) {
        for (Task task : learner.tasks()) {
            Target target = Generated.target(task);
            Scorer fitted = fit(learner, target, new Calibration.None(), Deadline.after(Duration.ofMillis(200)));
            for (Calibration calibration : calibrations(task)) {
                Scorer scorer =
                        new Scorer(target, fitted.preprocessor(), fitted.model(), calibration, fitted.decision());
                FeatureMatrix fresh =
                        scorer.preprocessor().transform(rows(target, 2).table().first(8));
                requireSums(scorer, fresh, learner.name() + " " + task + " " + calibration);
            }
        }
    }

    private static List<Calibration> calibrations(Task task) {
        return switch (task) {
            case BINARY ->
                List.of(
                        new Calibration.None(),
                        new Calibration.Platt(0.7, 0.3),
                        new Calibration.Temperature(1.7),
                        new Calibration.Isotonic(new double[] {0.1, 0.4, 0.8}, new double[] {0, 0.5, 0.9}));
            case MULTICLASS -> List.of(new Calibration.None(), new Calibration.Temperature(0.6));
            case REGRESSION -> List.of(new Calibration.None());
        };
    }

    private static void requireSums(Scorer scorer, FeatureMatrix features, String what) {
        Explainer explainer = new Explainer(scorer);
        Scores scores = scorer.score(features);
        List<Explainer.Base> bases = explainer.base();
        boolean classes = scorer.target().task().isClassification();
        for (int output = 0; output < scorer.target().outputs(); output++) {
            int[] outputs = new int[features.rows()];
            Arrays.fill(outputs, output);
            List<List<Reason>> reasons = explainer.reasons(features, scores, outputs, Integer.MAX_VALUE);
            for (int row = 0; row < features.rows(); row++) {
                double effect = bases.get(output).effect();
                double probability = bases.get(output).probability();
                for (Reason reason : reasons.get(row)) {
                    effect += reason.effect();
                    probability += reason.probability();
                }
                double given = scores.output(row, output);
                assertThat(effect).as(what).isCloseTo(classes ? Calibration.logit(given) : given, within(1e-5));
                assertThat(probability).as(what).isCloseTo(classes ? given : 0, within(1e-5));
            }
        }
    }

    @Test
    void namesTheWeightiestColumnsOfTheDecidedClassFirst() {
        Scorer scorer = fit(
                Learners.named("decision_tree"),
                Generated.target(Task.BINARY),
                new Calibration.None(),
                Deadline.none());
        FeatureMatrix fresh =
                scorer.preprocessor().transform(rows(scorer.target(), 2).table().first(50));
        Scores scores = scorer.score(fresh);

        List<List<Reason>> all = new Explainer(scorer).reasons(fresh, scores, Integer.MAX_VALUE);
        List<List<Reason>> first = new Explainer(scorer).reasons(fresh, scores, 1);

        int age = 0;
        for (int row = 0; row < 50; row++) {
            assertThat(all.get(row))
                    .isSortedAccordingTo(Comparator.comparingDouble((Reason each) -> -Math.abs(each.effect())));
            assertThat(first.get(row)).isEqualTo(all.get(row).subList(0, 1));
            age += first.get(row).get(0).column().equals("age") ? 1 : 0;
        }
        assertThat(age).isGreaterThan(30);
    }

    @Test
    void isTheSameForEachRowHoweverManyComeTogether() {
        for (String family : List.of("decision_tree", "knn", "logistic_regression")) {
            Scorer scorer = fit(
                    Learners.named(family), Generated.target(Task.MULTICLASS), new Calibration.None(), Deadline.none());
            Table table = rows(scorer.target(), 2).table();
            List<List<Reason>> whole = reasons(scorer, table);
            for (int from = 0; from < ROWS; from += 37) {
                int to = Math.min(ROWS, from + 37);
                assertThat(reasons(scorer, table.inRange(from, to))).isEqualTo(whole.subList(from, to));
            }
        }
    }

    private static List<List<Reason>> reasons(Scorer scorer, Table rows) {
        FeatureMatrix features = scorer.preprocessor().transform(rows);
        return new Explainer(scorer).reasons(features, scorer.score(features), 3);
    }
}
