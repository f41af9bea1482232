package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.PredictSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.source.JoinedSource;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.model.Region;
import io.mlops.pipeline.stage.BundleChoice;
import io.mlops.pipeline.stage.FilePrediction;
import io.mlops.pipeline.stage.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a file. */
@Command(
        name = "predict",
        description = "Score a file with a model: one line per row, in the order of the rows.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    private static final String SET_LEVEL = "as set";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The file, folder or glob to score, predict.source of pipeline.yaml where absent; - is standard"
                            + " input.")
    @Nullable String positional;

    @Option(
            names = {"--X-test", "--input"},
            paramLabel = "FILE",
            description = "The same.")
    @Nullable String rows;

    @Option(names = "--y-test", paramLabel = "FILE", description = "The target of these rows: metrics are reported.")
    @Nullable String target;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A bundle's folder, name@champion or name/3; the project's champion where absent, else its"
                    + " newest model.")
    @Nullable String model;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the predictions go; predict.output of pipeline.yaml where absent.")
    @Nullable String output;

    @Option(
            names = "--proba",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Write one probability per class (the default); --no-proba leaves them out.")
    boolean probabilities = true;

    @Option(
            names = "--intervals",
            arity = "0..1",
            paramLabel = "LEVEL",
            fallbackValue = SET_LEVEL,
            description = "Write between which bounds a number lies, or which classes are possible, for this share of"
                    + " rows; predict.level of pipeline.yaml where no number is given.")
    @Nullable String intervals;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Accepted for old scripts; rows are scored in chunks of bounded size anyway.")
    @Nullable Integer batchSize;

    @Option(names = "--save", description = "Accepted for old scripts; predictions are always written.")
    boolean save;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() {
        if (batchSize != null && batchSize < 1) {
            throw PipelineException.usage("--batch-size " + batchSize + ": at least 1");
        }
        long started = System.nanoTime();
        Run run = project.open(Map.of(), outputOptions.console());
        BundleChoice choice = BundleChoice.of(run, model);
        Bundle bundle = Bundle.load(choice.folder());
        Region region = region(bundle, run.config().predict());
        Path written = run.resolve(output == null ? run.config().predict().output() : output);
        FilePrediction.Result scored =
                new FilePrediction(bundle, probabilities, region, run.progress()).write(source(run), written);
        outputOptions
                .console()
                .say(String.format(
                        Locale.ROOT,
                        "%,d rows scored with %s into %s%s",
                        scored.rows(),
                        choice.name(),
                        written,
                        scored.failed() > 0
                                ? "; " + scored.failed() + " could not be scored (see the column 'error')"
                                : ""));
        scored.metrics()
                .forEach((name, value) ->
                        outputOptions.console().say(String.format(Locale.ROOT, "  %-18s %.4f", name, value)));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "predict");
        result.put("status", "done");
        result.put("date", run.date().toString());
        result.put("model", choice.name());
        result.put("rows", scored.rows());
        result.put("failed", scored.failed());
        result.put("seconds", (System.nanoTime() - started) / 1e9);
        result.put("outputs", Map.of("predictions", written.toString()));
        result.put("metrics", scored.metrics());
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }

    private @Nullable Region region(Bundle bundle, PredictSettings settings) {
        if (intervals == null && !settings.intervals()) {
            return null;
        }
        double level = settings.level();
        if (intervals != null && !intervals.equals(SET_LEVEL)) {
            try {
                level = Double.parseDouble(intervals);
            } catch (NumberFormatException e) {
                throw PipelineException.usage("--intervals " + intervals
                        + ": no share between 0 and 1, such as 0.9; a file's name stands before --intervals");
            }
        }
        return bundle.contents().conformal().at(level);
    }

    private Source source(Run run) {
        String given = positional != null ? positional : rows;
        String location = given != null ? given : run.config().predict().source();
        if (location == null) {
            throw PipelineException.usage("which file? give it as 'mlops predict FILE' or with --X-test FILE, or set"
                    + " predict.source in pipeline.yaml");
        }
        FormatSettings format = run.config().data().format();
        Source source = Sources.open(run.locate(location), format);
        return target == null ? source : new JoinedSource(source, Sources.open(run.locate(target), format));
    }
}
