package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.PrepareDataStage;
import io.mlops.pipeline.stage.PrepareFeaturesStage;
import io.mlops.pipeline.stage.ProcessedFiles;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fits the preprocessor. */
@Command(
        name = PrepareFeaturesStage.NAME,
        description = "Fit the preprocessor on the training rows.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PrepareFeaturesCommand extends StageCommand implements Callable<Integer> {
    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "Training rows without their target, which stands in the y.csv beside; those of prepare-data"
                    + " where absent.")
    @Nullable String train;

    @Option(names = "--test", paramLabel = "FILE", description = "Test rows, likewise.")
    @Nullable String test;

    @Option(names = "--target", paramLabel = "COLUMN", description = "The target, where the files have it in them.")
    @Nullable String target;

    @Option(names = "--output-train", paramLabel = "FILE", description = "Also write the training features as CSV.")
    @Nullable Path outputTrain;

    @Option(names = "--output-test", paramLabel = "FILE", description = "Also write the test features as CSV.")
    @Nullable Path outputTest;

    @Option(names = "--save-preprocessor", description = "Also write models/preprocessor.json.")
    boolean savePreprocessor;

    @Override
    public Integer call() {
        Run usual = project.open(Map.of(), outputOptions.console());
        ProcessedFiles files = new ProcessedFiles(usual);
        List<Stage> stages = new ArrayList<>();
        Run run = usual;
        if (train != null && !files.isOwn(train)) {
            Map<String, String> flags = new LinkedHashMap<>();
            Flags.put(flags, "data.target", target);
            flags.putAll(ProcessedFiles.keysFor(
                    usual, train, target == null ? ProcessedFiles.targetBeside(usual, train) : null, test));
            run = project.open(flags, outputOptions.console());
            stages.add(new PrepareDataStage());
        }
        stages.add(new PrepareFeaturesStage());
        Run chosen = run;
        return execute(run, stages, false, false, manifests -> {
            ProcessedFiles written = new ProcessedFiles(chosen);
            if (savePreprocessor) {
                outputOptions.console().say("  wrote " + written.writePreprocessor());
            }
            written.writeFeatures(outputTrain, outputTest)
                    .forEach(file -> outputOptions.console().say("  wrote " + file));
        });
    }
}
