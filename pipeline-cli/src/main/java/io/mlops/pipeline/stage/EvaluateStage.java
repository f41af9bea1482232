package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.evaluation.Champion;
import io.mlops.pipeline.evaluation.Coverage;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Evaluator;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.SliceColumn;
import io.mlops.pipeline.evaluation.training.OutOfFoldPredictions;
import io.mlops.pipeline.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scores the untouched test rows, compares with the champion, and writes the verdict and the report. */
public final class EvaluateStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "evaluate";

    /** Everything the untouched rows say, and the verdict. */
    public static final String EVALUATION = "evaluation.json";

    /** The page for people. */
    public static final String REPORT = "report.html";

    /** The metrics of all rows and of each slice, for MLflow's comparison of models. */
    static final String TABLE = "eval_results_table.json";

    /** The folder with the charts of the page, one file each. */
    static final String PLOTS = "plots";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Inputs inputs(Run run) {
        Map<String, String> digests = new TreeMap<>();
        digests.put("bundle", run.required(TrainStage.NAME).text(TrainStage.DIGEST));
        digests.put("test", run.outputDigest(PrepareDataStage.NAME, PreparedData.TEST));
        digests.put("validation", run.outputDigest(PrepareDataStage.NAME, PreparedData.VALIDATION));
        ChampionToBeat.version(run).ifPresent(champion -> digests.put("champion", champion.digest()));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("name", TrainStage.modelName(run));
        parameters.put("date", run.date().toString());
        parameters.put("evaluate", run.config().evaluate());
        parameters.put("level", run.config().predict().level());
        return new Inputs(digests, parameters);
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        PipelineConfig config = run.config();
        Bundle bundle = Bundle.load(run.folder(TrainStage.NAME).resolve(TrainStage.BUNDLE));
        Rows test = PrepareDataStage.test(run);
        boolean testRows = test.count() > 0;
        Predictions predictions = testRows ? scored(run, bundle, test) : outOfFold(run, bundle);
        List<SliceColumn> slices = new ArrayList<>();
        for (String column : testRows ? config.evaluate().slices() : List.<String>of()) {
            slices.add(SliceColumn.read(test, column));
        }
        Optional<ChampionToBeat> champion = testRows ? ChampionToBeat.load(run) : Optional.empty();
        Champion scored =
                champion.map(each -> each.scored(run, bundle.target(), test)).orElse(null);
        run.progress().begin("intervals and verdict", -1);
        Evaluation evaluation = new Evaluator(config.evaluate(), config.seed(), config.availableThreads())
                .evaluate(predictions, slices, scored);
        if (testRows) {
            evaluation = evaluation.with(Coverage.of(
                    predictions, bundle.contents().conformal(), config.predict().level()));
        }
        Optional<String> doubt = champion.flatMap(each -> each.doubt(run));
        if (doubt.isPresent()) {
            evaluation = evaluation.with(evaluation.verdict().remarking(doubt.get()));
        }
        Optional<ModelVersion> recorded = testRows ? Optional.empty() : ChampionToBeat.version(run);
        if (recorded.isPresent()) {
            evaluation = evaluation.with(RecordedChampion.verdict(
                    evaluation, recorded.get(), config.evaluate().gates().minImprovement()));
        }
        Json.write(folder.resolve(EVALUATION), evaluation);
        Json.write(folder.resolve(TABLE), EvaluationRecord.table(evaluation));
        run.progress().begin("report", -1);
        new ReportFiles(run, bundle).write(folder, evaluation);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("verdict", evaluation.verdict().outcome().key());
        summary.put("reason", evaluation.verdict().reason());
        return new Outcome(
                evaluation.values(),
                summary,
                List.of(evaluation.verdict().outcome().key().replace('_', ' ') + ": "
                        + evaluation.verdict().reason()));
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        EvaluationRecord.describe(run, manifest, record);
    }

    private static Predictions scored(Run run, Bundle bundle, Rows test) {
        run.progress().begin("scoring the test rows", test.count());
        return ScoredRows.of(
                        bundle, bundle.target(), test, run.config().predict().level(), run.progress())
                .predictions();
    }

    /** Where every row was learned from, the models of the folds speak for the model. */
    private static Predictions outOfFold(Run run, Bundle bundle) {
        Path file = run.folder(TrainStage.NAME).resolve(TrainStage.OUT_OF_FOLD);
        try {
            OutOfFoldPredictions heldOut = Json.read(file, OutOfFoldPredictions.class);
            if (heldOut.isEmpty()) {
                throw PipelineException.usage("there is nothing to judge the model by: no test rows were set aside and"
                        + " no cross-validation took place; set data.split.test above 0 or train.cross_validation.folds"
                        + " to 2 or more");
            }
            return heldOut.decided(bundle.target(), bundle.contents().decision());
        } catch (IOException e) {
            throw PipelineException.usage(file + " cannot be read; run 'mlops train --force' again");
        }
    }
}
