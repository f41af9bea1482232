package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ChunkRows;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.inference.Inference;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.data.typing.ChunkReader;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.CrossValidation;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** The samplers on a real table; skipped where it is not at hand (folder MLOPS_TEST_DATA). */
class RealTableTest {
    private static final Path TABLE = Path.of(System.getenv().getOrDefault("MLOPS_TEST_DATA", "../../shared/data"))
            .resolve("auto_mpg.csv");

    /** That of a support vector machine, where its fits are quick. */
    private static final Space SPACE = Space.builder()
            .log("c", 1e-2, 10)
            .log("gamma", 1e-4, 1)
            .log("epsilon", 0.03, 1)
            .build();

    private static final int SEEDS = 15;
    private static final int TRIALS = 20;

    @Test
    void tpeFindsBetterHyperparametersThanChance() {
        assumeTrue(Files.exists(TABLE), () -> "needs " + TABLE);
        Learner<?> learner = Learners.named("svm");

        double[] tpe = best(learner, Sampler.Kind.TPE);
        double[] chance = best(learner, Sampler.Kind.RANDOM);

        assertThat(SamplerTest.shareOfPairs(tpe, chance)).isGreaterThan(SamplerTest.SIGNIFICANT);
    }

    /** The best value of a search with each seed. */
    private static <P extends Record> double[] best(Learner<P> learner, Sampler.Kind kind) {
        TableRows rows = rows();
        P defaults = learner.defaults(Task.REGRESSION);
        CrossValidation<P> folds = new CrossValidation<>(
                learner,
                defaults,
                FeatureSettings.defaults(),
                TrainSettings.defaults().with(new CrossValidationSettings(1, 1, CrossValidationSettings.By.AUTO)),
                rows,
                Inference.infer(source(), settings(), "mpg").target(),
                1);
        Objective objective = new CrossValidated<>(folds, learner, defaults, Metric.RMSE, List.of());
        return IntStream.range(0, SEEDS)
                .mapToDouble(seed -> {
                    Study study = Study.inMemory();
                    new Search(objective, kind.over(SPACE, seed), "", List.of(), 1, Halving.NONE, 1)
                            .run(study, TRIALS, Deadline.none(), Progress.NONE);
                    return Study.best(study.trials(), false).orElseThrow().value();
                })
                .toArray();
    }

    private static Source source() {
        return Sources.open(TABLE.toString(), DataSettings.defaults().format());
    }

    private static DataSettings settings() {
        return DataSettings.defaults();
    }

    private static TableRows rows() {
        Inference found = Inference.infer(source(), settings(), "mpg");
        ChunkReader reader = ChunkReader.forLearning(
                source(), found.schema(), CellFormat.of(found.settings()), TargetChoice.of(found.target()));
        List<Table> chunks = new ArrayList<>();
        reader.read(chunk -> chunks.add(chunk.rows()));
        Table all = ChunkRows.select(
                chunks.get(0), IntStream.range(0, chunks.get(0).rowCount()).toArray());
        chunks.stream().skip(1).forEach(all::append);
        return new TableRows(reader.schema(), all);
    }
}
