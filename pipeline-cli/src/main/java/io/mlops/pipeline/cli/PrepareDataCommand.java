package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.PrepareDataStage;
import io.mlops.pipeline.stage.ProcessedFiles;
import io.mlops.pipeline.stage.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads, validates, cleans and splits the rows. */
@Command(
        name = PrepareDataStage.NAME,
        description = "Read, validate, clean and split the rows.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PrepareDataCommand extends StageCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "The file, folder or glob to read; - is standard input.")
    @Nullable String input;

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    @Nullable String target;

    @Option(names = "--test-file", paramLabel = "FILE", description = "Test rows that you set aside yourself.")
    @Nullable String testFile;

    @Option(names = "--save", description = "Also write data/processed/X.csv, y.csv, X_test.csv and y_test.csv.")
    boolean save;

    @Option(names = "--combined", description = "With --save: one file data.csv (and test.csv) with the target in it.")
    boolean combined;

    @Override
    public Integer call() {
        Map<String, String> flags = new LinkedHashMap<>();
        Flags.put(flags, "data.source", input);
        Flags.put(flags, "data.target", target);
        Flags.put(flags, "data.split.test_file", testFile);
        Run run = project.open(flags, outputOptions.console());
        return execute(run, List.of(new PrepareDataStage()), true, false, manifests -> {
            if (save || combined) {
                new ProcessedFiles(run)
                        .write(combined)
                        .forEach(file -> outputOptions.console().say("  wrote " + file));
            }
        });
    }
}
