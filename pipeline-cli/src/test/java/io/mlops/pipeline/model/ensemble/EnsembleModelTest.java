package io.mlops.pipeline.model.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleModelTest {
    @TempDir
    Path folder;

    @Test
    void givesTheWeightedMeanOfItsMembers() {
        for (Task task : Task.values()) {
            TrainingSet rows = Generated.rows(task, View.TREE, 200, 1);
            TrainedModel tree = fit("decision_tree", rows);
            TrainedModel boosted = fit("xgboost", rows);
            EnsembleModel ensemble = ensemble(rows, tree, boosted);
            double[] given = ensemble.predict(twice(rows.features()));
            double[] first = tree.predict(rows.features());
            double[] second = boosted.predict(rows.features());
            for (int i = 0; i < given.length; i++) {
                assertThat(given[i]).isEqualTo(0.25 * first[i] + 0.75 * second[i], within(1e-12));
            }
            double sum = ensemble.importance().values().stream()
                    .mapToDouble(each -> each)
                    .sum();
            assertThat(sum).isEqualTo(1, within(1e-9));
        }
    }

    @Test
    void whatItsColumnsAddIsItsOutputsHoweverItIsBlended() {
        for (Task task : Task.values()) {
            TrainingSet rows = Generated.rows(task, View.TREE, 100, 1);
            EnsembleModel mean = ensemble(rows, fit("decision_tree", rows), fit("xgboost", rows));
            int outputs = rows.target().outputs();
            double[] intercepts =
                    IntStream.range(0, outputs).mapToDouble(k -> 0.3 * k - 0.2).toArray();
            Blend.Kind other = task.isClassification() ? Blend.Kind.LOG : Blend.Kind.LINEAR;
            addUp(mean, twice(rows.features()));
            addUp(new EnsembleModel(mean.members(), new Blend(other, intercepts), outputs), twice(rows.features()));
        }
    }

    private static void addUp(EnsembleModel ensemble, FeatureMatrix matrix) {
        Contributions contributions = ensemble.contributions(matrix);
        double[] outputs = ensemble.predict(matrix);
        double[] sums = contributions.outputs();
        for (int i = 0; i < sums.length; i++) {
            assertThat(sums[i]).isCloseTo(outputs[i], within(1e-5 * Math.max(1, outputs[i])));
        }
        assertThat(contributions.columns()).startsWith("a", "b", "noise");
    }

    @Test
    void aPoolOfLogarithmsIsThatOfItsMembersAndReadAsItWasSaved() {
        TrainingSet rows = Generated.rows(Task.MULTICLASS, View.TREE, 200, 1);
        Blend pool = new Blend(Blend.Kind.LOG, new double[] {0.5, 0, -0.5});
        EnsembleModel mean = ensemble(rows, fit("decision_tree", rows), fit("xgboost", rows));
        FeatureMatrix matrix = twice(rows.features());
        EnsembleModel ensemble = new EnsembleModel(mean.members(), pool, 3);
        double[] given = ensemble.predict(matrix);
        double[] first = mean.members().get(0).model().predict(rows.features());
        double[] second = mean.members().get(1).model().predict(rows.features());
        for (int row = 0; row < rows.rows(); row++) {
            double odds = 0.5
                    + 0.25 * Math.log(first[3 * row] / first[3 * row + 1])
                    + 0.75 * Math.log(second[3 * row] / second[3 * row + 1]);
            assertThat(Math.log(given[3 * row] / given[3 * row + 1])).isEqualTo(odds, within(1e-4));
            assertThat(given[3 * row] + given[3 * row + 1] + given[3 * row + 2]).isEqualTo(1, within(1e-12));
        }
        ensemble.save(folder);
        TrainedModel loaded = Learners.load(EnsembleModel.NAME, folder, rows.target(), matrix.features());
        assertThat(loaded.predict(matrix)).isEqualTo(given);
    }

    @Test
    void isReadAsItWasSaved() {
        TrainingSet rows = Generated.rows(Task.MULTICLASS, View.TREE, 200, 1);
        EnsembleModel ensemble = ensemble(rows, fit("decision_tree", rows), fit("xgboost", rows));
        ensemble.save(folder);
        FeatureMatrix matrix = twice(rows.features());
        TrainedModel loaded = Learners.load(EnsembleModel.NAME, folder, rows.target(), matrix.features());
        assertThat(loaded.predict(matrix)).isEqualTo(ensemble.predict(matrix));
        assertThat(loaded.importance()).isEqualTo(ensemble.importance());
    }

    @Test
    void aMemberOutsideItsFolderOrOfColumnsThatAreNotThereIsRefused() throws IOException {
        TrainingSet rows = Generated.rows(Task.BINARY, View.TREE, 100, 1);
        ensemble(rows, fit("decision_tree", rows), fit("xgboost", rows)).save(folder);
        Path index = folder.resolve("ensemble.json");
        String whole = Files.readString(index);
        List<String> damages = List.of(
                whole.replace("\"folder\" : \"0\"", "\"folder\" : \"../../other\""),
                whole.replaceFirst("\"columns\" : \\[ ?\\d+", "\"columns\" : [ 99"),
                whole.replace("\"learner\" : \"xgboost\"", "\"learner\" : \"other\""),
                "{\"members\": []}",
                whole.replace("\"mean\"", "\"other\""),
                whole.replace("\"mean\"", "\"log\""),
                whole.substring(0, whole.length() / 2));
        for (String damaged : damages) {
            assertThat(damaged).isNotEqualTo(whole);
            Files.writeString(index, damaged);
            assertThatThrownBy(() -> Learners.load(
                            EnsembleModel.NAME,
                            folder,
                            rows.target(),
                            twice(rows.features()).features()))
                    .isInstanceOf(PipelineException.class);
        }
    }

    /** The second member reads the same features further to the right. */
    private static EnsembleModel ensemble(TrainingSet rows, TrainedModel first, TrainedModel second) {
        List<String> names =
                rows.features().features().stream().map(Feature::name).toList();
        int width = names.size();
        return new EnsembleModel(
                List.of(
                        new EnsembleModel.Member(
                                first, names, IntStream.range(0, width).toArray(), 0.25),
                        new EnsembleModel.Member(
                                second, names, IntStream.range(width, 2 * width).toArray(), 0.75)),
                rows.target().outputs());
    }

    /** The same features side by side, those on the right under other names. */
    private static FeatureMatrix twice(FeatureMatrix matrix) {
        List<Feature> features = new ArrayList<>(matrix.features());
        matrix.features()
                .forEach(each -> features.add(
                        new Feature(each.name() + " (2)", each.source(), each.levels(), each.indicator())));
        float[] values = new float[2 * matrix.values().length];
        int width = matrix.columns();
        for (int row = 0; row < matrix.rows(); row++) {
            System.arraycopy(matrix.values(), row * width, values, 2 * row * width, width);
            System.arraycopy(matrix.values(), row * width, values, (2 * row + 1) * width, width);
        }
        return new FeatureMatrix(features, matrix.rows(), values);
    }

    private static TrainedModel fit(String name, TrainingSet rows) {
        return fit(Learners.named(name), rows);
    }

    private static <P extends Record> TrainedModel fit(Learner<P> learner, TrainingSet rows) {
        Target target = rows.target();
        return learner.fit(learner.defaults(target.task()), rows, null, new FitContext(1, 1));
    }
}
